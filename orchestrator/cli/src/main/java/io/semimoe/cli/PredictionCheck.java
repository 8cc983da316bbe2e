package io.semimoe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import io.semimoe.training.runtime.natives.PredictionLibraries;
import io.semimoe.training.runtime.natives.PredictionRuntime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether {@code predict} finds native libraries that load. It is tried in a process of its own,
 * since a process has one ONNX Runtime, and that of {@code doctor} is the one that trains.
 */
final class PredictionCheck {
  /** Since then Java warns of native libraries that are loaded without leave. */
  private static final int NATIVE_ACCESS = 22;

  private PredictionCheck() {}

  /** Entry of that process; prints what it finds. */
  public static void main(String[] arguments) {
    int exitCode = ExitCodes.OK;
    String finding;
    try {
      finding = describe(PredictionLibraries.load());
    } catch (NativeLibraryException e) {
      finding = e.getMessage();
      exitCode = ExitCodes.NATIVE;
    }
    System.out.writeBytes(finding.getBytes(UTF_8));
    System.out.flush();
    System.exit(exitCode);
  }

  private static String describe(PredictionRuntime runtime) {
    return runtime.version()
        + ", "
        + runtime.directory()
        + runtime.obstacle().map(reason -> ", unpacked at each start: " + reason).orElse("");
  }

  /** Tries it, which takes less than a second. */
  static Doctor.Finding finding() {
    try {
      Process process =
          new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      int exitCode = process.waitFor();
      return said.isEmpty()
          ? untried("Java ended with exit code " + exitCode)
          : finding(exitCode == ExitCodes.OK, said);
    } catch (IOException e) {
      return untried(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return untried("interrupted");
    }
  }

  private static Doctor.Finding untried(String reason) {
    return finding(false, "cannot be tried: " + reason);
  }

  private static Doctor.Finding finding(boolean ok, String text) {
    return new Doctor.Finding("prediction", ok, text);
  }

  /**
   * Java with the system properties that this process was started with; since then it has itself
   * set where ONNX Runtime is.
   */
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx64m");
    if (Runtime.version().feature() >= NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("-D")) {
        command.add(option);
      }
    }
    String directory = NativeLibraries.DIRECTORY_PROPERTY;
    command.add("-D" + directory + "=" + System.getProperty(directory, ""));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PredictionCheck.class.getName());
    return command;
  }
}
