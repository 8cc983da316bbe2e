package io.semimoe.training.export;

import io.semimoe.training.evaluation.MetricNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the metrics of a model card mean, in one line each. */
final class MetricDefinitions {
  private static final String HAUSDORFF =
      "Hausdorff distance in pixels between each object and its match, weighted by area";

  private static final Map<String, String> TEXTS = texts();

  private MetricDefinitions() {}

  /** Returns the definition of a metric, named as in the results; empty if there is none. */
  static Optional<String> of(String name) {
    return Optional.ofNullable(TEXTS.get(MetricNames.metric(name)));
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(MetricNames.IMAGES, "number of images");
    texts.put(MetricNames.POOLED_DICE, "2·|P∩T| / (|P|+|T|) over all pixels of all images");
    texts.put(MetricNames.POOLED_JACCARD, "|P∩T| / |P∪T| over all pixels of all images");
    texts.put(MetricNames.MEAN_DICE, "Dice of each image, averaged");
    texts.put(MetricNames.MEAN_JACCARD, "Jaccard of each image, averaged");
    String best = ", at the threshold that is best on these very images: optimistic";
    texts.put(MetricNames.BEST_THRESHOLD_DICE, "pooled Dice" + best);
    texts.put(MetricNames.BEST_THRESHOLD_JACCARD, "pooled Jaccard" + best);
    texts.put(MetricNames.BEST_THRESHOLD, "that threshold");
    texts.put(
        MetricNames.POOLED_OBJECT_F1, "2·TP / (2·TP + FP + FN), counts summed over all images");
    texts.put(MetricNames.POOLED_OBJECT_PRECISION, "TP / (TP + FP), counts summed");
    texts.put(MetricNames.POOLED_OBJECT_RECALL, "TP / (TP + FN), counts summed");
    texts.put(
        MetricNames.OBJECT_TRUE_POSITIVES,
        "TP: predicted objects that cover more than half of the true object they match");
    texts.put(MetricNames.OBJECT_FALSE_POSITIVES, "FP: all other predicted objects");
    texts.put(MetricNames.OBJECT_FALSE_NEGATIVES, "FN: true objects that none matches so");
    texts.put(
        MetricNames.POOLED_OBJECT_DICE,
        "Dice of each object and its match, weighted by area over all images");
    texts.put(MetricNames.POOLED_OBJECT_HAUSDORFF, HAUSDORFF + " over all images");
    texts.put(MetricNames.MEAN_OBJECT_F1, "object F1 of each image, averaged");
    texts.put(MetricNames.MEAN_OBJECT_DICE, "object Dice of each image, averaged");
    texts.put(MetricNames.MEAN_OBJECT_HAUSDORFF, HAUSDORFF + ", averaged over images");
    texts.put(
        MetricNames.FINITE_MEAN_OBJECT_HAUSDORFF,
        "the same without images where only prediction or truth is empty");
    texts.put(MetricNames.INFINITE_OBJECT_HAUSDORFF_IMAGES, "number of those images");
    return texts;
  }
}
