package io.semimoe.training.evaluation;

import java.util.Arrays;
import java.util.Optional;

/**
 * What {@link SegmentationEvaluation} measures: the name in files, the name in words, the
 * definition, and whether it is a number of things. {@link MetricNames} makes whole names of them.
 *
 * <p>P and T are the foreground pixels of prediction and truth, at the fixed threshold unless the
 * definition says otherwise. A metric of objects is also one of separated objects, see {@link
 * MetricNames#ofSeparated}.
 */
public enum Metric {
  IMAGES("images", "images", "number of images", true),
  POOLED_DICE("pooledDice", "pooled Dice", "2·|P∩T| / (|P|+|T|) over all pixels of all images"),
  POOLED_JACCARD("pooledJaccard", "pooled Jaccard", "|P∩T| / |P∪T| over all pixels of all images"),
  MEAN_DICE("meanDice", "per-image mean Dice", "Dice of each image, averaged"),
  MEAN_JACCARD("meanJaccard", "per-image mean Jaccard", "Jaccard of each image, averaged"),
  BEST_THRESHOLD_DICE(
      "bestThresholdOptimisticPooledDice",
      "best-threshold (optimistic) pooled Dice",
      "pooled Dice, at the threshold that is best on these very images: optimistic"),
  BEST_THRESHOLD_JACCARD(
      "bestThresholdOptimisticPooledJaccard",
      "best-threshold (optimistic) pooled Jaccard",
      "pooled Jaccard, at the threshold that is best on these very images: optimistic"),
  BEST_THRESHOLD(
      "bestThresholdOptimistic", "best-threshold (optimistic) threshold", "that threshold"),
  POOLED_OBJECT_F1(
      "pooledObjectF1",
      "pooled object F1",
      "2·TP / (2·TP + FP + FN), counts summed over all images"),
  POOLED_OBJECT_PRECISION(
      "pooledObjectPrecision", "pooled object precision", "TP / (TP + FP), counts summed"),
  POOLED_OBJECT_RECALL(
      "pooledObjectRecall", "pooled object recall", "TP / (TP + FN), counts summed"),
  OBJECT_TRUE_POSITIVES(
      "objectTruePositives",
      "object true positives",
      "TP: predicted objects that cover more than half of the true object they match",
      true),
  OBJECT_FALSE_POSITIVES(
      "objectFalsePositives", "object false positives", "FP: all other predicted objects", true),
  OBJECT_FALSE_NEGATIVES(
      "objectFalseNegatives",
      "object false negatives",
      "FN: true objects that none matches so",
      true),
  POOLED_OBJECT_DICE(
      "pooledObjectDice",
      "pooled object Dice",
      "Dice of each object and its match, weighted by area over all images"),
  /** May be infinite. */
  POOLED_OBJECT_HAUSDORFF(
      "pooledObjectHausdorff",
      "pooled object Hausdorff (pixels)",
      "Hausdorff distance in pixels between each object and its match, weighted by area over all"
          + " images"),
  MEAN_OBJECT_F1("meanObjectF1", "per-image mean object F1", "object F1 of each image, averaged"),
  MEAN_OBJECT_DICE(
      "meanObjectDice", "per-image mean object Dice", "object Dice of each image, averaged"),
  /** May be infinite. */
  MEAN_OBJECT_HAUSDORFF(
      "meanObjectHausdorff",
      "per-image mean object Hausdorff (pixels)",
      "Hausdorff distance in pixels between each object and its match, weighted by area, averaged"
          + " over images"),
  /** Absent if the distance is finite for no image. */
  FINITE_MEAN_OBJECT_HAUSDORFF(
      "finiteMeanObjectHausdorff",
      "per-image mean object Hausdorff where finite (pixels)",
      "the same without images where only prediction or truth is empty"),
  INFINITE_OBJECT_HAUSDORFF_IMAGES(
      "infiniteObjectHausdorffImages",
      "images with infinite object Hausdorff",
      "number of those images",
      true);

  private final String text;
  private final String words;
  private final String definition;
  private final boolean isCount;

  Metric(String text, String words, String definition) {
    this(text, words, definition, false);
  }

  Metric(String text, String words, String definition, boolean isCount) {
    this.text = text;
    this.words = words;
    this.definition = definition;
    this.isCount = isCount;
  }

  /** Returns the metric of this name, if there is one; names of separated objects have none. */
  public static Optional<Metric> parse(String text) {
    return Arrays.stream(values()).filter(metric -> metric.text.equals(text)).findAny();
  }

  /** Returns the name as files and programs have it, for instance {@code pooledDice}; stable. */
  public String text() {
    return text;
  }

  /** Returns the name for people, for instance {@code pooled Dice}. */
  public String words() {
    return words;
  }

  /** Returns what it means, in one line. */
  public String definition() {
    return definition;
  }

  /** Returns whether it is a whole number. */
  public boolean isCount() {
    return isCount;
  }
}
