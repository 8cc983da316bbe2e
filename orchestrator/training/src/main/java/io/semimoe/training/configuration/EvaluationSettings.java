package io.semimoe.training.configuration;

import io.semimoe.training.evaluation.MetricNames;
import java.util.List;

/**
 * When the model is evaluated while it trains, and which checkpoint counts.
 *
 * @param everyEpochs evaluate after every so many epochs and after the last one, at least 1
 * @param selection which checkpoint is the best one
 * @param metric name of the metric that selects it, larger is better
 */
public record EvaluationSettings(int everyEpochs, Selection selection, String metric) {

  /** The metrics that may choose: at the training size, larger is better. */
  private static final List<String> METRICS =
      List.of(
          MetricNames.POOLED_DICE,
          MetricNames.POOLED_JACCARD,
          MetricNames.MEAN_DICE,
          MetricNames.MEAN_JACCARD);

  /** How the best checkpoint is chosen. */
  public enum Selection {
    /** By the validation split; the last checkpoint where the data has none. */
    VALIDATION,
    /** The last checkpoint. */
    LAST,
    /**
     * By the test split, as the paper's published code does. Results are then optimistic and say
     * so.
     */
    TEST_OPTIMISTIC
  }

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public EvaluationSettings {
    Checks.atLeast("everyEpochs", everyEpochs, 1);
    Checks.present("selection", selection);
    Checks.require(
        metric != null && METRICS.contains(metric), "metric", "one of " + METRICS, metric);
  }
}
