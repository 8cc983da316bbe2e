package io.semimoe.training.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Metrics of the model after an epoch on one split.
 *
 * @param epoch epoch after which the model was evaluated, counted from 0
 * @param split name of the evaluated split, for instance {@code validation} or {@code test}
 * @param metrics metric values by name, in the order to print them
 */
public record EvaluationReport(int epoch, String split, Map<String, Double> metrics) {

  /** Copies the metrics, keeping their order. */
  public EvaluationReport {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
