package io.semimoe.verification.endtoend;

import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A training that reads its memory after every epoch, when no batch is prepared ahead; as a process
 * of its own, so that nothing else allocates.
 */
final class MemoryProbe {
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
            lines.add(MemoryReading.now().toLine());
          }
        };
    try (SemiSupervisedTraining training =
        SemiSupervisedTraining.resume(
            configuration, RunData.forTraining(configuration), run, List.of(listener))) {
      training.run(() -> false);
    }
    Files.write(Path.of(args[1]), lines);
  }
}
