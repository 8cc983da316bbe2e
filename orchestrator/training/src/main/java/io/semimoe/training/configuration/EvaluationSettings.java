package io.semimoe.training.configuration;

import io.semimoe.dataset.layout.Role;
import io.semimoe.training.evaluation.Metric;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When the model is evaluated while it trains, and which checkpoint counts.
 *
 * @param everyEpochs evaluate after every so many epochs and after the last one, at least 1
 * @param selection which checkpoint is the best one, see {@link #selectionAmong}
 * @param metric name of the metric that selects it, larger is better
 */
public record EvaluationSettings(int everyEpochs, Selection selection, String metric) {

  /** The metrics that may choose: at the training size, larger is better. */
  private static final List<String> METRICS =
      Stream.of(Metric.POOLED_DICE, Metric.POOLED_JACCARD, Metric.MEAN_DICE, Metric.MEAN_JACCARD)
          .map(Metric::text)
          .toList();

  /** How the best checkpoint is chosen. */
  public enum Selection {
    /** By the validation split. */
    VALIDATION(Optional.of(Role.VALIDATION)),
    /** The last checkpoint. */
    LAST(Optional.empty()),
    /**
     * By the test split, as the paper's published code does. Results are then optimistic and say
     * so.
     */
    TEST_OPTIMISTIC(Optional.of(Role.TEST));

    private final Optional<String> split;

    Selection(Optional<Role> role) {
      split = role.map(Role::text);
    }

    /** Returns the word for it in a configuration. */
    public String text() {
      return ValueModule.nameOf(this);
    }

    /** Returns the name of the split whose metric chooses; empty if the last checkpoint counts. */
    public Optional<String> split() {
      return split;
    }
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

  /**
   * Returns how the best checkpoint is chosen in fact: the last one counts if the split that is to
   * choose is not among those that are evaluated.
   *
   * @param evaluated names of the splits that are evaluated
   */
  public Selection selectionAmong(Set<String> evaluated) {
    return selection.split().filter(evaluated::contains).isPresent() ? selection : Selection.LAST;
  }
}
