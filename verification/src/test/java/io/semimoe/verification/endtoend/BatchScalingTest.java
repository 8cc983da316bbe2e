package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.IterationReport;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training takes the learning rate that its batches make of the one configured. */
class BatchScalingTest {
  @TempDir private Path folder;

  @Test
  void aBatchOfThreeTrainsWithHalfAsMuchAgain() throws Exception {
    Path split = SmallTraining.writeData(folder.resolve("data"));
    TrainingConfiguration configuration =
        SmallTraining.configuration(
            split,
            List.of(
                "batchSize=3",
                "epochs=1",
                "schedule.form=constant",
                "optimizer.learningRate=0.02",
                "optimizer.batchScaling=linear"));
    List<Double> rates = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void iterationDone(IterationReport report) {
            rates.add(report.learningRate());
          }
        };
    try (SemiSupervisedTraining training =
        SmallTraining.start(
            configuration, RunFolder.create(folder.resolve("run"), false), List.of(listener))) {
      training.run(() -> false);
    }

    assertThat(rates).hasSize(2).containsOnly(0.03);
  }
}
