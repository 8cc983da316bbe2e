package io.semimoe.training.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Writes the metrics of sets of images into one ordered map. */
final class MetricSheet {
  private final int modelWidth;
  private final int modelHeight;
  private final Map<String, Double> metrics = new LinkedHashMap<>();

  MetricSheet(int modelWidth, int modelHeight) {
    this.modelWidth = modelWidth;
    this.modelHeight = modelHeight;
  }

  /** The metrics written so far, in order. */
  Map<String, Double> metrics() {
    return metrics;
  }

  /** The pixel metrics at the model's size. */
  void putModelSize(String prefix, List<ImageScores> images) {
    metrics.put(prefix + Metric.IMAGES.text(), (double) images.size());
    putPixels(
        images,
        ImageScores::modelSize,
        metric -> prefix + MetricNames.at(metric.text(), modelWidth, modelHeight));
  }

  /** The pooled pixel metrics at the best threshold. */
  void putBestThreshold(ThresholdSweep.Best best) {
    Function<Metric, String> name =
        metric -> MetricNames.at(metric.text(), modelWidth, modelHeight);
    metrics.put(name.apply(Metric.BEST_THRESHOLD_DICE), best.counts().dice());
    metrics.put(name.apply(Metric.BEST_THRESHOLD_JACCARD), best.counts().jaccard());
    metrics.put(name.apply(Metric.BEST_THRESHOLD), best.hundredths() / 100.0);
  }

  /** The pixel and object metrics at the images' own sizes. */
  void putOriginal(String prefix, List<ImageScores> images) {
    Function<Metric, String> name = metric -> prefix + MetricNames.atOriginal(metric.text());
    putPixels(images, ImageScores::original, name);
    putObjects(images, ImageScores::objects, name);
    putObjects(
        images,
        ImageScores::separatedObjects,
        metric -> prefix + MetricNames.atOriginal(MetricNames.ofSeparated(metric.text())));
  }

  private void putObjects(
      List<ImageScores> images,
      Function<ImageScores, ObjectTally> tally,
      Function<Metric, String> name) {
    List<ObjectTally> tallies = images.stream().map(tally).toList();
    putPooledObjects(tallies.stream().reduce(ObjectTally.NONE, ObjectTally::plus), name);
    putMeanObjects(tallies, name);
  }

  private void putPixels(
      List<ImageScores> images,
      Function<ImageScores, PixelCounts> counts,
      Function<Metric, String> name) {
    PixelCounts pooled = images.stream().map(counts).reduce(PixelCounts.NONE, PixelCounts::plus);
    metrics.put(name.apply(Metric.POOLED_DICE), pooled.dice());
    metrics.put(name.apply(Metric.POOLED_JACCARD), pooled.jaccard());
    metrics.put(name.apply(Metric.MEAN_DICE), mean(images, image -> counts.apply(image).dice()));
    metrics.put(
        name.apply(Metric.MEAN_JACCARD), mean(images, image -> counts.apply(image).jaccard()));
  }

  private void putPooledObjects(ObjectTally pooled, Function<Metric, String> name) {
    metrics.put(name.apply(Metric.POOLED_OBJECT_F1), pooled.f1());
    metrics.put(name.apply(Metric.POOLED_OBJECT_PRECISION), pooled.precision());
    metrics.put(name.apply(Metric.POOLED_OBJECT_RECALL), pooled.recall());
    metrics.put(name.apply(Metric.OBJECT_TRUE_POSITIVES), (double) pooled.truePositives());
    metrics.put(name.apply(Metric.OBJECT_FALSE_POSITIVES), (double) pooled.falsePositives());
    metrics.put(name.apply(Metric.OBJECT_FALSE_NEGATIVES), (double) pooled.falseNegatives());
    metrics.put(name.apply(Metric.POOLED_OBJECT_DICE), pooled.dice());
    metrics.put(name.apply(Metric.POOLED_OBJECT_HAUSDORFF), pooled.hausdorff());
  }

  private void putMeanObjects(List<ObjectTally> images, Function<Metric, String> name) {
    metrics.put(name.apply(Metric.MEAN_OBJECT_F1), mean(images, ObjectTally::f1));
    metrics.put(name.apply(Metric.MEAN_OBJECT_DICE), mean(images, ObjectTally::dice));
    metrics.put(name.apply(Metric.MEAN_OBJECT_HAUSDORFF), mean(images, ObjectTally::hausdorff));
    List<ObjectTally> finite =
        images.stream().filter(image -> Double.isFinite(image.hausdorff())).toList();
    if (!finite.isEmpty()) {
      metrics.put(
          name.apply(Metric.FINITE_MEAN_OBJECT_HAUSDORFF), mean(finite, ObjectTally::hausdorff));
    }
    metrics.put(
        name.apply(Metric.INFINITE_OBJECT_HAUSDORFF_IMAGES),
        (double) (images.size() - finite.size()));
  }

  private static <T> double mean(List<T> images, ToDoubleFunction<T> score) {
    return images.stream().mapToDouble(score).average().orElseThrow();
  }
}
