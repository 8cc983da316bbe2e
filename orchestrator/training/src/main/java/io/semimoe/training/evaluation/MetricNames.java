package io.semimoe.training.evaluation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of the metrics that {@link SegmentationEvaluation} reports.
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

  /** Number of images. */
  public static final String IMAGES = "images";

  /** Foreground Dice over all pixels of all images at the fixed threshold. */
  public static final String POOLED_DICE = "pooledDice";

  /** Foreground Jaccard over all pixels of all images at the fixed threshold. */
  public static final String POOLED_JACCARD = "pooledJaccard";

  /** Mean over images of the foreground Dice at the fixed threshold. */
  public static final String MEAN_DICE = "meanDice";

  /** Mean over images of the foreground Jaccard at the fixed threshold. */
  public static final String MEAN_JACCARD = "meanJaccard";

  /** Pooled Dice at the threshold that is best on the evaluated images: optimistic. */
  public static final String BEST_THRESHOLD_DICE = "bestThresholdOptimisticPooledDice";

  /** Pooled Jaccard at the threshold that is best on the evaluated images: optimistic. */
  public static final String BEST_THRESHOLD_JACCARD = "bestThresholdOptimisticPooledJaccard";

  /** The threshold that is best on the evaluated images. */
  public static final String BEST_THRESHOLD = "bestThresholdOptimistic";

  /** Object F1 from the summed true positives, false positives and false negatives. */
  public static final String POOLED_OBJECT_F1 = "pooledObjectF1";

  /** Precision from the summed counts. */
  public static final String POOLED_OBJECT_PRECISION = "pooledObjectPrecision";

  /** Recall from the summed counts. */
  public static final String POOLED_OBJECT_RECALL = "pooledObjectRecall";

  /** True positives, summed. */
  public static final String OBJECT_TRUE_POSITIVES = "objectTruePositives";

  /** False positives, summed. */
  public static final String OBJECT_FALSE_POSITIVES = "objectFalsePositives";

  /** False negatives, summed. */
  public static final String OBJECT_FALSE_NEGATIVES = "objectFalseNegatives";

  /** Object Dice with area shares over the whole set. */
  public static final String POOLED_OBJECT_DICE = "pooledObjectDice";

  /** Object Hausdorff distance in pixels with area shares over the whole set; may be infinite. */
  public static final String POOLED_OBJECT_HAUSDORFF = "pooledObjectHausdorff";

  /** Mean over images of the object F1. */
  public static final String MEAN_OBJECT_F1 = "meanObjectF1";

  /** Mean over images of the object Dice. */
  public static final String MEAN_OBJECT_DICE = "meanObjectDice";

  /** Mean over images of the object Hausdorff distance in pixels; may be infinite. */
  public static final String MEAN_OBJECT_HAUSDORFF = "meanObjectHausdorff";

  /**
   * Mean of the object Hausdorff distance over the images for which it is finite; absent if it is
   * for none.
   */
  public static final String FINITE_MEAN_OBJECT_HAUSDORFF = "finiteMeanObjectHausdorff";

  /**
   * Number of images whose object Hausdorff distance is infinite: objects in exactly one of the two
   * maps.
   */
  public static final String INFINITE_OBJECT_HAUSDORFF_IMAGES = "infiniteObjectHausdorffImages";

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry(IMAGES, "images"),
          Map.entry(POOLED_DICE, "pooled Dice"),
          Map.entry(POOLED_JACCARD, "pooled Jaccard"),
          Map.entry(MEAN_DICE, "per-image mean Dice"),
          Map.entry(MEAN_JACCARD, "per-image mean Jaccard"),
          Map.entry(BEST_THRESHOLD_DICE, "best-threshold (optimistic) pooled Dice"),
          Map.entry(BEST_THRESHOLD_JACCARD, "best-threshold (optimistic) pooled Jaccard"),
          Map.entry(BEST_THRESHOLD, "best-threshold (optimistic) threshold"),
          Map.entry(POOLED_OBJECT_F1, "pooled object F1"),
          Map.entry(POOLED_OBJECT_PRECISION, "pooled object precision"),
          Map.entry(POOLED_OBJECT_RECALL, "pooled object recall"),
          Map.entry(OBJECT_TRUE_POSITIVES, "object true positives"),
          Map.entry(OBJECT_FALSE_POSITIVES, "object false positives"),
          Map.entry(OBJECT_FALSE_NEGATIVES, "object false negatives"),
          Map.entry(POOLED_OBJECT_DICE, "pooled object Dice"),
          Map.entry(POOLED_OBJECT_HAUSDORFF, "pooled object Hausdorff (pixels)"),
          Map.entry(MEAN_OBJECT_F1, "per-image mean object F1"),
          Map.entry(MEAN_OBJECT_DICE, "per-image mean object Dice"),
          Map.entry(MEAN_OBJECT_HAUSDORFF, "per-image mean object Hausdorff (pixels)"),
          Map.entry(
              FINITE_MEAN_OBJECT_HAUSDORFF,
              "per-image mean object Hausdorff where finite (pixels)"),
          Map.entry(INFINITE_OBJECT_HAUSDORFF_IMAGES, "images with infinite object Hausdorff"));

  private static final Map<String, String> LABELS = labels();

  private static final Set<String> COUNTS =
      Stream.of(
              OBJECT_TRUE_POSITIVES,
              OBJECT_FALSE_POSITIVES,
              OBJECT_FALSE_NEGATIVES,
              INFINITE_OBJECT_HAUSDORFF_IMAGES)
          .flatMap(metric -> Stream.of(IMAGES, metric, ofSeparated(metric)))
          .collect(Collectors.toUnmodifiableSet());

  private MetricNames() {}

  private static Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>(WORDS);
    WORDS.forEach(
        (metric, words) -> {
          if (words.contains("object")) {
            labels.put(ofSeparated(metric), words.replace("object", "separated object"));
          }
        });
    return labels;
  }

  /**
   * The name of a metric of objects where it is of those that {@code predict} writes by default,
   * with small holes filled, small objects dropped and touching ones cut apart: {@code
   * pooledSeparatedObjectF1} for {@link #POOLED_OBJECT_F1}.
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
   *     the metric if it is one of this class, else it stands as it is
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
