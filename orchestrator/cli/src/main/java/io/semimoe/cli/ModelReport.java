package io.semimoe.cli;

import io.semimoe.inference.ModelDescription;
import io.semimoe.training.evaluation.MetricNames;
import io.semimoe.training.export.OnnxSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What {@code inspect} prints about a model. */
final class ModelReport {
  private final Path file;
  private final OnnxSummary summary;

  ModelReport(Path file, OnnxSummary summary) {
    this.file = file;
    this.summary = summary;
  }

  /** Returns the facts of the file, with its metadata as they are. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", file.toString());
    map.put("bytes", summary.bytes());
    map.put("irVersion", summary.irVersion());
    map.put("opset", summary.opset());
    map.put("parameters", summary.parameters());
    map.put("inputs", summary.inputs());
    map.put("outputs", summary.outputs());
    map.put("metadata", summary.metadata());
    return map;
  }

  /** Prints what any ONNX file tells. */
  void printFile(PrintWriter out) {
    out.println(file);
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("size", String.format(Locale.ROOT, "%,d bytes", summary.bytes()));
    lines.put("format", "ONNX, IR " + summary.irVersion() + ", operator set " + summary.opset());
    lines.put(
        "parameters", String.format(Locale.ROOT, "%,d numbers in the file", summary.parameters()));
    print(out, lines);
    print(out, "Inputs", tensors(summary.inputs()));
    print(out, "Outputs", tensors(summary.outputs()));
  }

  /** Prints what an exported model tells about itself. */
  void print(PrintWriter out, ModelDescription description) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("classes", String.join(", ", description.classes()));
    lines.put("prediction", prediction(description));
    lines.put("threshold", Float.toString(description.threshold()));
    lines.put(
        "pixel size",
        description.micronsPerPixel().isPresent()
            ? description.micronsPerPixel().getAsDouble() + " µm"
            : "none: trained on resized images");
    lines.put("preset", description.preset());
    lines.put("width", description.width() + " channels at the finest level");
    print(out, "Model", lines);
    print(out, "Origin", description.provenance());
    bySplit(description.metrics())
        .forEach((split, metrics) -> print(out, "Metrics, " + split, metrics));
  }

  private static String prediction(ModelDescription description) {
    int size = description.tileSize();
    return switch (description.prediction()) {
      case RESIZE -> "whole images, resized to " + size + "×" + size + " and back";
      case TILES -> "tiles of " + size + "×" + size + " pixels or more";
    };
  }

  private static Map<String, String> tensors(List<OnnxSummary.Tensor> tensors) {
    Map<String, String> lines = new LinkedHashMap<>();
    tensors.forEach(t -> lines.put(t.name(), t.type() + " " + t.shape()));
    return lines;
  }

  /** Metrics are named {@code split.metric}; a split has no dot in its name. */
  private static Map<String, Map<String, String>> bySplit(Map<String, String> metrics) {
    Map<String, Map<String, String>> splits = new TreeMap<>();
    metrics.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          String split = dot < 0 ? "" : name.substring(0, dot);
          splits
              .computeIfAbsent(split, key -> new LinkedHashMap<>())
              .put(
                  MetricNames.label(name.substring(dot + 1)),
                  rounded(name.substring(dot + 1), value));
        });
    return splits;
  }

  private static String rounded(String name, String value) {
    try {
      return MetricNames.number(name, Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private static void print(PrintWriter out, String heading, Map<String, String> lines) {
    if (!lines.isEmpty()) {
      out.println();
      out.println(heading.replaceFirst(", $", ""));
      print(out, lines);
    }
  }

  private static void print(PrintWriter out, Map<String, String> lines) {
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    lines.forEach((key, value) -> out.printf("  %-" + width + "s  %s%n", key, value));
  }
}
