package io.semimoe.verification.benchmark;

import io.semimoe.training.configuration.Device;
import io.semimoe.training.runtime.CudaSettings;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What is trained, and on what, by the programs that time iterations. */
final class IterationOptions {
  @Option(
      names = "--width",
      defaultValue = "16",
      description = "Channels of the first level (default: ${DEFAULT-VALUE}).")
  int width;

  @Option(
      names = "--size",
      defaultValue = "128",
      description = "Height and width of the images (default: ${DEFAULT-VALUE}).")
  int size;

  @Option(
      names = "--batch",
      defaultValue = "2",
      description =
          "Images of the unlabelled and of the labelled batch each (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--joint-pass",
      arity = "1",
      defaultValue = "true",
      description =
          "Whether both batches run through the network at once (default: ${DEFAULT-VALUE}).")
  boolean jointPass;

  @Option(
      names = "--device",
      defaultValue = "cpu",
      converter = DeviceConverter.class,
      description = "cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}).")
  Device device;

  @Option(
      names = "--tf32",
      arity = "1",
      defaultValue = "true",
      description = "Whether a GPU may use TensorFloat-32 (default: ${DEFAULT-VALUE}).")
  boolean tf32;

  @Option(
      names = "--exhaustive-search",
      arity = "1",
      defaultValue = "true",
      description =
          "Whether a GPU times the algorithms of the gradients of convolutions"
              + " (default: ${DEFAULT-VALUE}).")
  boolean exhaustiveSearch;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Threads of the runtime; 0 for one per processor (default: ${DEFAULT-VALUE}).")
  int threads;

  @Option(
      names = "--spinning",
      arity = "1",
      defaultValue = "true",
      description = "Whether idle threads of the runtime spin (default: ${DEFAULT-VALUE}).")
  boolean spinning;

  @Option(
      names = "--iterations",
      defaultValue = "10",
      description = "Iterations to time (default: ${DEFAULT-VALUE}).")
  int iterations;

  @Option(
      names = "--warm-up",
      defaultValue = "3",
      description = "Iterations before them (default: ${DEFAULT-VALUE}).")
  int warmUp;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  /**
   * Runs a program with its arguments and ends the process; 5 says that the device is not there.
   */
  static void run(Callable<Integer> program, String... arguments) {
    CommandLine line = new CommandLine(program);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof NativeLibraryException) {
            command.getErr().println(failure.getMessage());
            return 5;
          }
          throw failure;
        });
    System.exit(line.execute(arguments));
  }

  int threadsOrProcessors() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  SessionSettings settings(Optional<Path> profile) {
    return new SessionSettings(
        threadsOrProcessors(),
        spinning,
        device.cuda().stream()
            .mapToObj(gpu -> new CudaSettings(gpu, tf32, exhaustiveSearch))
            .findAny(),
        profile);
  }

  /** Opens the training. */
  SyntheticTraining open(Optional<Path> profile) throws Exception {
    return SyntheticTraining.open(width, batch, size, jointPass, settings(profile));
  }

  /** Runs the iterations; returns the milliseconds of each but those of the warm-up. */
  double[] time(SyntheticTraining training) {
    double[] milliseconds = new double[iterations];
    for (int i = -warmUp; i < iterations; i++) {
      long start = System.nanoTime();
      training.iterate();
      if (i >= 0) {
        milliseconds[i] = (System.nanoTime() - start) * 1e-6;
      }
    }
    return milliseconds;
  }
}
