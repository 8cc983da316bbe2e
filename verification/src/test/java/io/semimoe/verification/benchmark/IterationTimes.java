package io.semimoe.verification.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Times iterations of the training and prints a table of one line, in the form of {@code
 * scripts/pytorch_iteration.py}; see docs/performance.md.
 */
@Command(
    name = "IterationTimes",
    description = "Times iterations of the training on random numbers.")
public final class IterationTimes implements Callable<Integer> {
  private static final String HEADER =
      "program,width,size,batch,device,tf32,threads,iterations,median_ms,min_ms,max_ms,"
          + "images_per_s,peak_device_mb,peak_host_mb";

  @Mixin private IterationOptions options;

  private IterationTimes() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    IterationOptions.run(new IterationTimes(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    double[] milliseconds;
    OptionalLong device = OptionalLong.empty();
    OptionalLong before = options.device.cuda().isPresent() ? used() : OptionalLong.empty();
    try (SyntheticTraining training = options.open(Optional.empty())) {
      milliseconds = options.time(training);
      if (before.isPresent()) {
        // The runtime keeps what it once took, so this is the most it had.
        device = OptionalLong.of(used().orElse(0) - before.getAsLong());
      }
    }
    Arrays.sort(milliseconds);
    // As in Python: of an even number, the mean of the two in the middle.
    int half = milliseconds.length / 2;
    double median = (milliseconds[half] + milliseconds[milliseconds.length - 1 - half]) / 2;
    System.out.println(HEADER);
    System.out.printf(
        Locale.ROOT,
        "semi-moe%s%s,%d,%d,%d,%s,%b,%d,%d,%.2f,%.2f,%.2f,%.2f,%s,%s%n",
        options.jointPass ? "" : " two passes",
        options.exhaustiveSearch ? "" : " heuristic",
        options.width,
        options.size,
        options.batch,
        options.device,
        options.tf32,
        options.threadsOrProcessors(),
        options.iterations,
        median,
        milliseconds[0],
        milliseconds[milliseconds.length - 1],
        2000.0 * options.batch / median,
        text(device),
        text(resident()));
    return 0;
  }

  private static String text(OptionalLong megabytes) {
    return megabytes.isPresent() ? Long.toString(megabytes.getAsLong()) : "";
  }

  /** MiB in use on the GPU, by any process: containers hide which. */
  private OptionalLong used() throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "nvidia-smi",
                  "--id=" + options.device.cuda().getAsInt(),
                  "--query-gpu=memory.used",
                  "--format=csv,noheader,nounits")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    String line =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 && line.matches("\\d+")
        ? OptionalLong.of(Long.parseLong(line))
        : OptionalLong.empty();
  }

  /** Most MiB of this process that were ever in memory, where Linux tells. */
  private static OptionalLong resident() throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    }
  }
}
