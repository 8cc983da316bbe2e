package io.semimoe.verification.endtoend;

import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A training that reads its memory after every epoch, when no batch is prepared ahead; as a process
 * of its own, so that nothing else allocates.
 */
final class MemoryProbe {
  private static final Path STATUS = Path.of("/proc/self/status");

  /**
   * Memory after an epoch.
   *
   * @param heap bytes of the Java heap in use after a collection
   * @param resident bytes of anonymous memory that are in core, all of the Java heap among them
   */
  record Reading(long heap, long resident) {
    private String toLine() {
      return heap + " " + resident;
    }

    private static Reading parse(String line) {
      String[] fields = line.split(" ", -1);
      return new Reading(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
    }
  }

  private MemoryProbe() {}

  /**
   * Trains the run in the folder {@code args[0]} to its end and writes the file {@code args[1]}.
   */
  public static void main(String[] args) throws Exception {
    RunFolder run = RunFolder.open(Path.of(args[0]));
    TrainingConfiguration configuration = ConfigurationLoader.read(run.configuration());
    List<String> lines = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            lines.add(read().toLine());
          }
        };
    try (SemiSupervisedTraining training =
        SemiSupervisedTraining.resume(
            configuration, RunData.forTraining(configuration), run, List.of(listener))) {
      training.run(() -> false);
    }
    Files.write(Path.of(args[1]), lines);
  }

  /** Returns what {@link #main} wrote, one reading an epoch. */
  static List<Reading> readings(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(Reading::parse).toList();
  }

  private static Reading read() {
    System.gc();
    return new Reading(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), residentAnonymous());
  }

  private static long residentAnonymous() {
    try {
      String line =
          Files.readAllLines(STATUS).stream()
              .filter(l -> l.startsWith("RssAnon:"))
              .findFirst()
              .orElseThrow();
      return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
