package io.semimoe.training.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names under which {@link SegmentationEvaluation} reports a {@link Metric}.
 *
 * <p>A name is {@code [group/]metric@resolution}. The resolution is {@link #ORIGINAL}, the image's
 * own size, or the size at which the model works: {@code 128} for 128×128, {@code 128x96} for a
 * width of 128 and a height of 96. With a group in front a metric is over the images of that group,
 * otherwise over all of them. {@code pooled} metrics sum over all pixels or objects first, {@code
 * mean} metrics average over images. The names are stable: files and programs may rely on them.
 *
 * <p>Metrics of objects are of the components of the mask; {@link #ofSeparated} names those of the
 * objects that {@code predict} writes.
 */
public final class MetricNames {
  /** Resolution of the metrics at each image's own size. */
  public static final String ORIGINAL = "original";

  private static final Map<String, String> LABELS = labels();

  private static final Set<String> COUNTS =
      Arrays.stream(Metric.values())
          .filter(Metric::isCount)
          .flatMap(metric -> Stream.of(metric.text(), ofSeparated(metric.text())))
          .collect(Collectors.toUnmodifiableSet());

  private MetricNames() {}

  private static Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    for (Metric metric : Metric.values()) {
      String separated = metric.words().replace("object", "separated object");
      labels.put(ofSeparated(metric.text()), separated);
      labels.put(metric.text(), metric.words());
    }
    return labels;
  }

  /**
   * The name of a metric of objects where it is of those that {@code predict} writes by default,
   * with small holes filled, small objects dropped and touching ones cut apart: {@code
   * pooledSeparatedObjectF1} for {@code pooledObjectF1}.
   */
  public static String ofSeparated(String objectMetric) {
    return objectMetric
        .replace("Object", "SeparatedObject")
        .replaceFirst("^object", "separatedObject");
  }

  /** The name of a metric at a size of the model's. */
  public static String at(String metric, int width, int height) {
    return metric + "@" + (width == height ? "" + width : width + "x" + height);
  }

  /** The name of a metric at the images' own sizes. */
  public static String atOriginal(String metric) {
    return metric + "@" + ORIGINAL;
  }

  /** The name of a metric over one group of images. */
  public static String inGroup(String group, String name) {
    return group + "/" + name;
  }

  /**
   * The name in words, for people: {@code testA: per-image mean object Dice @ original}.
   *
   * @param name a name as {@link SegmentationEvaluation#metrics()} gives it; words are given for
   *     the metric if there is one of that name, else it stands as it is
   */
  public static String label(String name) {
    int slash = name.lastIndexOf('/');
    int at = name.indexOf('@', slash + 1);
    String metric = metric(name);
    return (slash < 0 ? "" : name.substring(0, slash) + ": ")
        + LABELS.getOrDefault(metric, metric)
        + (at < 0 ? "" : " @ " + name.substring(at + 1));
  }

  /** The metric alone: {@code meanDice} of {@code testA/meanDice@original}. */
  public static String metric(String name) {
    int slash = name.lastIndexOf('/');
    int at = name.indexOf('@', slash + 1);
    return name.substring(slash + 1, at < 0 ? name.length() : at);
  }

  /** A value for people: counts without decimals, all else with four. */
  public static String number(String name, double value) {
    return String.format(Locale.ROOT, COUNTS.contains(metric(name)) ? "%.0f" : "%.4f", value);
  }
}
