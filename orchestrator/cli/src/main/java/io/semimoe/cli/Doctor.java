package io.semimoe.cli;

import com.sun.management.OperatingSystemMXBean;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.TrainingSession;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Looks at what this machine offers. */
final class Doctor {
  private static final long MEBIBYTE = 1L << 20;

  /** Below this, training even a small network may fail for want of memory. */
  private static final long SCARCE_MEMORY = 4096 * MEBIBYTE;

  /**
   * One finding.
   *
   * @param subject what was looked at
   * @param ok whether all is well with it
   * @param finding what was found, and what to do if all is not well
   */
  record Finding(String subject, boolean ok, String finding) {}

  /**
   * Everything that was found.
   *
   * @param findings one for each thing that was looked at
   * @param canTrain whether the native libraries for training work here
   */
  record Report(List<Finding> findings, boolean canTrain) {
    Report {
      findings = List.copyOf(findings);
    }
  }

  private Doctor() {}

  /**
   * Looks at everything; unpacks and loads the native libraries, those of prediction in a process
   * of their own.
   */
  static Report examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("semi-moe", true, Version.text()));
    findings.add(
        new Finding(
            "java",
            true,
            property("java.version")
                + ", "
                + property("java.vendor")
                + ", "
                + property("java.home")));
    findings.add(
        new Finding(
            "system",
            true,
            property("os.name") + " " + property("os.version") + ", " + property("os.arch")));
    findings.add(
        new Finding(
            "processors", true, Integer.toString(Runtime.getRuntime().availableProcessors())));
    findings.add(memory());
    findings.add(new Finding("file names", true, "encoded as " + fileNameEncoding()));
    findings.add(imageFormats());
    findings.add(PredictionCheck.finding());
    boolean canTrain = addNatives(findings);
    return new Report(findings, canTrain);
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    long machine = 0;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      machine = system.getTotalMemorySize();
    }
    String text =
        String.format(
            Locale.ROOT,
            "%d MiB in the machine, at most %d MiB for Java's heap",
            machine / MEBIBYTE,
            heap / MEBIBYTE);
    boolean ok = machine == 0 || machine >= SCARCE_MEMORY;
    return new Finding("memory", ok, ok ? text : text + "; training wants at least 4 GiB");
  }

  private static String fileNameEncoding() {
    return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
  }

  private static Finding imageFormats() {
    List<String> missing = new ArrayList<>();
    for (String extension : ImageFiles.EXTENSIONS) {
      if (!ImageIO.getImageReadersBySuffix(extension).hasNext()) {
        missing.add(extension);
      }
    }
    return missing.isEmpty()
        ? new Finding("image formats", true, String.join(", ", ImageFiles.EXTENSIONS))
        : new Finding(
            "image formats",
            false,
            "no reader for " + String.join(", ", missing) + "; unpack the distribution again");
  }

  private static boolean addNatives(List<Finding> findings) {
    try {
      NativeRuntime natives = NativeLibraries.load();
      findings.add(
          new Finding(
              "onnx runtime", true, natives.version() + " with training, " + natives.directory()));
      findings.add(new Finding("providers", true, String.join(", ", natives.providers())));
      if (natives.isBuiltWithCuda()) {
        findings.add(gpu());
      }
      return true;
    } catch (NativeLibraryException e) {
      findings.add(new Finding("onnx runtime", false, e.getMessage()));
      return false;
    }
  }

  private static Finding gpu() {
    try {
      TrainingSession.requireDevice(SessionSettings.cuda(0));
      return new Finding("gpu", true, "CUDA device 0 can be used");
    } catch (NativeLibraryException e) {
      return new Finding("gpu", false, e.getMessage());
    }
  }

  private static String property(String name) {
    return System.getProperty(name);
  }
}
