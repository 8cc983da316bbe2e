package io.semimoe.training.run;

import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.EvaluationReport;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of {@code metrics.jsonl}.
 *
 * @param kind what it is about
 * @param epoch epoch, counted from 0; written from 1
 * @param split evaluated split; empty for what training itself reports
 * @param time when it was recorded
 * @param values numbers by name, in the order to show them
 */
public record MetricsRecord(
    Kind kind, int epoch, String split, Instant time, Map<String, Double> values) {

  /** What a record is about. */
  public enum Kind {
    /** The training part of an epoch. */
    EPOCH,
    /** An evaluation after an epoch. */
    EVALUATION
  }

  /** Copies the values, keeping their order. */
  public MetricsRecord {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static MetricsRecord of(EpochReport report, Instant time) {
    return new MetricsRecord(Kind.EPOCH, report.epoch(), "", time, EpochValues.of(report));
  }

  static MetricsRecord of(EvaluationReport report, Instant time) {
    return new MetricsRecord(
        Kind.EVALUATION, report.epoch(), report.split(), time, report.metrics());
  }

  /** Returns the values under names that are unique over kinds and splits. */
  Map<String, Double> qualifiedValues() {
    if (kind == Kind.EPOCH) {
      return values;
    }
    Map<String, Double> qualified = new LinkedHashMap<>();
    values.forEach((name, value) -> qualified.put(split + "/" + name, value));
    return qualified;
  }
}
