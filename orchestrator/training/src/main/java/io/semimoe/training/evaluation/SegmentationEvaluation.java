package io.semimoe.training.evaluation;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores a model on a data set: fed image by image, it yields every metric by its name.
 *
 * <ul>
 *   <li>At the size at which the model works: pooled and per-image mean Dice and Jaccard of the
 *       foreground at a fixed threshold, and the pooled ones at the best threshold (optimistic, see
 *       {@link ThresholdSweep}).
 *   <li>At each image's own size, the probabilities resized bilinearly: the same at the fixed
 *       threshold, and the object metrics of {@link ObjectMetrics}, pooled and as means over
 *       images.
 *   <li>All but the best threshold also for each group of images, if there is more than one.
 * </ul>
 *
 * <p>Truth objects are the labels of the truth map. A data set in which no truth map has more than
 * one label is one of plain masks: its truth objects are the connected components.
 *
 * <p>Names: {@link MetricNames}. Keeps numbers only, no pixels. Not thread-safe.
 */
public final class SegmentationEvaluation {
  /** The fixed threshold of the reported metrics, the arg-max of two classes. */
  public static final float DEFAULT_THRESHOLD = 0.5f;

  private final float threshold;
  private final Instances instances;
  private final ThresholdSweep sweep = new ThresholdSweep();
  private final List<Entry> entries = new ArrayList<>();
  private int modelWidth;
  private int modelHeight;
  private boolean anyInstanceMap;

  /** Scores with the tally for each reading of the truth map: its labels, or its components. */
  private record Entry(ImageScores byLabels, ObjectTally byComponents) {}

  /** An evaluation at threshold 0.5 with 8-connected components as predicted objects. */
  public SegmentationEvaluation() {
    this(DEFAULT_THRESHOLD, Instances.DEFAULT);
  }

  /**
   * An evaluation.
   *
   * @param threshold a pixel is foreground if its probability is above it, in (0, 1)
   * @param instances how predicted masks become objects
   * @throws IllegalArgumentException if the threshold is out of range
   */
  public SegmentationEvaluation(float threshold, Instances instances) {
    checkArgument(
        threshold > 0 && threshold < 1, "expected a threshold in (0, 1), found %s", threshold);
    this.threshold = threshold;
    this.instances = requireNonNull(instances, "instances");
  }

  /**
   * Adds an image. Costs some tens of milliseconds at 775×522 pixels.
   *
   * @param name name of the image, for the messages and {@link #images()}
   * @param group group that is reported apart, for instance {@code testA}
   * @param probability foreground probability in [0, 1] at the size at which the model works, the
   *     same for all images
   * @param truthAtModelSize truth at that size
   * @param truth truth at the image's own size; 0 = background, each other label one object
   * @throws IllegalArgumentException if the sizes do not fit together or a probability is out of
   *     range
   */
  public void add(
      String name, String group, FloatMap probability, LabelMap truthAtModelSize, LabelMap truth) {
    requireNonNull(group, "group");
    if (entries.isEmpty()) {
      modelWidth = probability.width();
      modelHeight = probability.height();
    }
    Sizes.checkSame(
        "other images",
        modelWidth,
        modelHeight,
        "probability of " + name,
        probability.width(),
        probability.height());
    Sizes.checkSame(
        "probability",
        modelWidth,
        modelHeight,
        "truth at the model's size of " + name,
        truthAtModelSize.width(),
        truthAtModelSize.height());
    sweep.add(probability, truthAtModelSize);

    LabelMap mask = Resize.bilinear(probability, truth.width(), truth.height()).above(threshold);
    LabelMap predicted = instances.of(mask);
    ImageScores scores =
        new ImageScores(
            name,
            group,
            PixelCounts.of(probability, threshold, truthAtModelSize),
            PixelCounts.of(mask, truth),
            ObjectMetrics.compare(predicted, truth));
    anyInstanceMap |= truth.distinctLabels().length > 1;
    entries.add(new Entry(scores, byComponents(scores.objects(), predicted, truth)));
  }

  /** The tally against the truth's components; not computed where it can make no difference. */
  private ObjectTally byComponents(ObjectTally byLabels, LabelMap predicted, LabelMap truth) {
    if (anyInstanceMap) {
      return byLabels;
    }
    LabelMap components = Instances.DEFAULT.of(truth);
    return components.maxLabel() <= 1 ? byLabels : ObjectMetrics.compare(predicted, components);
  }

  /** Scores of each image, in the order in which they were added. */
  public List<ImageScores> images() {
    return entries.stream()
        .map(
            entry ->
                anyInstanceMap
                    ? entry.byLabels()
                    : entry.byLabels().withObjects(entry.byComponents()))
        .toList();
  }

  /**
   * All metrics by name, in the order to print them: all images first, then group by group in
   * alphabetical order.
   *
   * @throws IllegalStateException if no image was added
   */
  public Map<String, Double> metrics() {
    checkState(!entries.isEmpty(), "expected at least one image, found none to evaluate");
    List<ImageScores> all = images();
    MetricSheet sheet = new MetricSheet(modelWidth, modelHeight);
    sheet.putModelSize("", all);
    sheet.putBestThreshold(sweep.best());
    sheet.putOriginal("", all);
    Map<String, List<ImageScores>> groups = new TreeMap<>();
    for (ImageScores image : all) {
      groups.computeIfAbsent(image.group(), unused -> new ArrayList<>()).add(image);
    }
    if (groups.size() > 1) {
      groups.forEach(
          (group, images) -> {
            String prefix = MetricNames.inGroup(group, "");
            sheet.putModelSize(prefix, images);
            sheet.putOriginal(prefix, images);
          });
    }
    return Collections.unmodifiableMap(sheet.metrics());
  }
}
