package io.semimoe.training.export;

import io.semimoe.training.evaluation.Metric;
import io.semimoe.training.evaluation.MetricNames;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a model card that tells how good the model is, and on which images. */
final class ValidationSection {
  private final ModelFacts facts;

  ValidationSection(ModelFacts facts) {
    this.facts = facts;
  }

  /** Returns the section in Markdown, without its heading. */
  String text() {
    Map<String, Map<String, Double>> metrics = facts.models().metrics();
    if (metrics.isEmpty()) {
      return "Unknown: the training did not evaluate this checkpoint.\n";
    }
    return intro(metrics) + "\n" + table(metrics) + "\n" + definitions(metrics);
  }

  private String intro(Map<String, Map<String, Double>> metrics) {
    return """
        Measured on the images of %s, by the training, when it wrote this checkpoint. A pixel counts as \
        %s where its probability is above %s, unless the metric says otherwise. `@ %d` is the size \
        that the model works at, `@ original` the size of each image. Predicted objects are the \
        8-connected components, nothing dropped or cut apart. Separated objects are those that \
        `predict` writes by default, small holes filled, small objects dropped, touching ones cut \
        apart; their metrics are defined as those of objects. %s
        """
        .formatted(
            String.join(" and ", metrics.keySet()),
            facts.description().foregroundClass(),
            facts.description().threshold(),
            facts.size(),
            selection());
  }

  private String selection() {
    return switch (facts.models().selection()) {
      case VALIDATION ->
          "The checkpoint was chosen by its "
              + facts.configuration().evaluation().metric()
              + " on the validation images; figures on them are therefore somewhat optimistic.";
      case LAST -> "No metric chose the checkpoint.";
      case TEST_OPTIMISTIC ->
          "**The checkpoint was chosen on the test images, so that their figures are optimistic.**";
    };
  }

  private static String table(Map<String, Map<String, Double>> metrics) {
    Set<String> names = new LinkedHashSet<>();
    metrics.values().forEach(values -> names.addAll(values.keySet()));
    StringBuilder table = new StringBuilder("| metric |");
    metrics.keySet().forEach(split -> table.append(' ').append(split).append(" |"));
    table.append("\n|---|").append("---|".repeat(metrics.size())).append('\n');
    for (String name : names) {
      table.append("| ").append(MetricNames.label(name)).append(" |");
      for (Map<String, Double> values : metrics.values()) {
        String value =
            Optional.ofNullable(values.get(name)).map(v -> MetricNames.number(name, v)).orElse("");
        table.append(' ').append(value).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String definitions(Map<String, Map<String, Double>> metrics) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Map<String, Double> values : metrics.values()) {
      for (String name : values.keySet()) {
        Metric.parse(MetricNames.metric(name))
            .ifPresent(metric -> lines.putIfAbsent(metric.words(), metric.definition()));
      }
    }
    StringBuilder list =
        new StringBuilder("P and T are the foreground pixels of prediction and truth.\n\n");
    lines.forEach(
        (metric, text) -> list.append("- ").append(metric).append(": ").append(text).append('\n'));
    return list.toString();
  }
}
