package io.semimoe.training.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns metrics records into a table: one row an epoch, one column a number, RFC 4180. */
final class MetricsCsv {
  private MetricsCsv() {}

  static String of(List<MetricsRecord> records) {
    Set<String> columns = new LinkedHashSet<>();
    Map<Integer, Map<String, Double>> rows = new TreeMap<>();
    for (MetricsRecord metrics : records) {
      Map<String, Double> values = metrics.qualifiedValues();
      columns.addAll(values.keySet());
      rows.computeIfAbsent(metrics.epoch(), epoch -> new LinkedHashMap<>()).putAll(values);
    }
    StringBuilder csv = new StringBuilder();
    append(csv, Stream.concat(Stream.of("epoch"), columns.stream()));
    rows.forEach(
        (epoch, values) ->
            append(
                csv,
                Stream.concat(
                    Stream.of(Integer.toString(epoch + 1)),
                    columns.stream().map(column -> cell(values.get(column))))));
    return csv.toString();
  }

  private static String cell(Double value) {
    return value == null ? "" : value.toString();
  }

  private static void append(StringBuilder csv, Stream<String> cells) {
    csv.append(cells.map(MetricsCsv::quoted).collect(Collectors.joining(","))).append('\n');
  }

  private static String quoted(String cell) {
    boolean needed = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needed ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
