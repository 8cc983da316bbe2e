package io.semimoe.cli;

import io.semimoe.training.evaluation.MetricNames;
import io.semimoe.training.loop.CheckpointEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How results of a run are printed. */
final class RunReport {
  private RunReport() {}

  /** Prints metrics by split, as JSON or in words. */
  static void print(PrintWriter out, Path run, CheckpointEvaluation evaluation, boolean json) {
    Map<String, Map<String, Double>> metricsBySplit = evaluation.metrics();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("run", run.toString());
      report.put("selection", evaluation.selection().text());
      report.put("metrics", metricsBySplit);
      out.println(Json.text(report));
      return;
    }
    int width =
        metricsBySplit.values().stream()
            .flatMap(metrics -> metrics.keySet().stream())
            .mapToInt(name -> MetricNames.label(name).length())
            .max()
            .orElse(0);
    metricsBySplit.forEach(
        (split, metrics) -> {
          out.println(
              evaluation.chosenOn(split)
                  ? split + ", which chose the checkpoint (optimistic)"
                  : split);
          metrics.forEach(
              (name, value) ->
                  out.printf(
                      Locale.ROOT,
                      "  %-" + width + "s %s%n",
                      MetricNames.label(name),
                      MetricNames.number(name, value)));
        });
  }
}
