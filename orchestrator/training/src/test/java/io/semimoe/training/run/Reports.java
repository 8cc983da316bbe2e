package io.semimoe.training.run;

import io.semimoe.loss.TaskValues;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.EvaluationReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports of an imagined training whose numbers depend on the epoch only. */
final class Reports {
  private Reports() {}

  static EpochReport epoch(int epoch) {
    return epoch(
        epoch, List.of(List.of(0.5, 0.3, 0.2), List.of(0.3, 0.4, 0.3), List.of(0.25, 0.25, 0.5)));
  }

  static EpochReport epoch(int epoch, List<List<Double>> gateWeights) {
    double decay = Math.exp(-epoch / 8.0);
    return new EpochReport(
        epoch,
        0.5 * Math.min(1, (epoch + 1) / 10.0),
        0.5 * (epoch + 1) / 40,
        new TaskValues(0.4 * decay, 0.3 * decay, 0.8 * decay),
        new TaskValues(0.5 * decay, 0.35 * decay, 0.85 * decay),
        new TaskValues(0.2 * decay, 0.1 * decay, 0.6 * decay),
        new TaskValues(1 - 0.01 * epoch, 1 - 0.02 * epoch, 1 - 0.005 * epoch),
        2 + decay,
        0.45 + 0.05 * decay,
        gateWeights,
        0.9,
        1.5,
        38.25);
  }

  static EvaluationReport evaluation(int epoch) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("dice", 0.9 - 0.4 * Math.exp(-epoch / 8.0));
    metrics.put("object hausdorff, mean", epoch == 0 ? Double.POSITIVE_INFINITY : 50.0);
    return new EvaluationReport(epoch, "validation", metrics);
  }

  static void train(RunRecorder recorder, int firstEpoch, int endEpoch) {
    for (int epoch = firstEpoch; epoch < endEpoch; epoch++) {
      recorder.epochDone(epoch(epoch));
      recorder.evaluated(evaluation(epoch));
    }
  }
}
