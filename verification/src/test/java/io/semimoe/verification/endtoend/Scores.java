package io.semimoe.verification.endtoend;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.evaluation.Metric;
import io.semimoe.training.evaluation.MetricNames;
import io.semimoe.training.loop.Evaluator;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.IterationReport;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How well a model segments the test images, at the training size.
 *
 * @param iterations iterations that it was trained for
 * @param dice pooled Dice at threshold 0.5
 * @param jaccard pooled Jaccard at threshold 0.5
 * @param bestDice pooled Dice at the threshold that is best on these images
 */
record Scores(int iterations, double dice, double jaccard, double bestDice) {

  /** Returns the scores of a model before its first iteration. */
  static Scores untrained(TrainingConfiguration configuration, SampleSet samples, Path folder)
      throws DataException {
    RunFolder run = RunFolder.create(folder, false);
    SmallTraining.start(configuration, samples, run, List.of()).close();
    return of(0, configuration, samples, run);
  }

  /** Trains to the last epoch and returns the scores of its model then. */
  static Scores trained(TrainingConfiguration configuration, SampleSet samples, Path folder)
      throws DataException {
    RunFolder run = RunFolder.create(folder, false);
    int[] iterations = {0};
    TrainingListener counter =
        new TrainingListener() {
          @Override
          public void iterationDone(IterationReport report) {
            iterations[0]++;
          }
        };
    try (SemiSupervisedTraining training =
        SmallTraining.start(configuration, samples, run, List.of(counter))) {
      training.run(() -> false);
    }
    return of(iterations[0], configuration, samples, run);
  }

  private static Scores of(
      int iterations, TrainingConfiguration configuration, SampleSet samples, RunFolder run)
      throws DataException {
    int size = configuration.network().size();
    Map<String, Double> metrics =
        Evaluator.evaluate(configuration, run.latestCheckpoint(), Map.of("test", samples.test()))
            .metrics()
            .get("test");
    return new Scores(
        iterations,
        metrics.get(MetricNames.at(Metric.POOLED_DICE.text(), size, size)),
        metrics.get(MetricNames.at(Metric.POOLED_JACCARD.text(), size, size)),
        metrics.get(MetricNames.at(Metric.BEST_THRESHOLD_DICE.text(), size, size)));
  }
}
