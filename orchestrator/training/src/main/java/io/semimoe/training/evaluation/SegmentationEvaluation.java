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
 * <p>Names: {@link MetricNames}. Keeps numbers only, no pixels. Not thread-safe, but for {@link
 * #score}.
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

  /** An image that was scored and is to be added. */
  public static final class Scored {
    private final FloatMap probability;
    private final LabelMap truthAtModelSize;
    private final boolean hasInstances;
    private final ImageScores byLabels;
    private final ObjectTally byComponents;

    private Scored(
        FloatMap probability,
        LabelMap truthAtModelSize,
        boolean hasInstances,
        ImageScores byLabels,
        ObjectTally byComponents) {
      this.probability = probability;
      this.truthAtModelSize = truthAtModelSize;
      this.hasInstances = hasInstances;
      this.byLabels = byLabels;
      this.byComponents = byComponents;
    }
  }

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
   * Scores an image and adds it.
   *
   * @see #score
   * @see #add(Scored)
   */
  public void add(
      String name, String group, FloatMap probability, LabelMap truthAtModelSize, LabelMap truth) {
    add(score(name, group, probability, truthAtModelSize, truth));
  }

  /**
   * Scores an image without adding it. Costs some tens of milliseconds at 775×522 pixels. Several
   * threads may score at once.
   *
   * @param name name of the image, for the messages and {@link #images()}
   * @param group group that is reported apart, for instance {@code testA}
   * @param probability foreground probability in [0, 1] at the size at which the model works, the
   *     same for all images
   * @param truthAtModelSize truth at that size
   * @param truth truth at the image's own size; 0 = background, each other label one object
   * @throws IllegalArgumentException if the sizes do not fit together
   */
  public Scored score(
      String name, String group, FloatMap probability, LabelMap truthAtModelSize, LabelMap truth) {
    requireNonNull(group, "group");
    Sizes.checkSame(
        "probability",
        probability.width(),
        probability.height(),
        "truth at the model's size of " + name,
        truthAtModelSize.width(),
        truthAtModelSize.height());
    LabelMap mask = Resize.bilinear(probability, truth.width(), truth.height()).above(threshold);
    LabelMap predicted = instances.of(mask);
    ImageScores scores =
        new ImageScores(
            name,
            group,
            PixelCounts.of(probability, threshold, truthAtModelSize),
            PixelCounts.of(mask, truth),
            ObjectMetrics.compare(predicted, truth));
    boolean hasInstances = truth.distinctLabels().length > 1;
    return new Scored(
        probability,
        truthAtModelSize,
        hasInstances,
        scores,
        hasInstances ? scores.objects() : byComponents(scores.objects(), predicted, truth));
  }

  /** The tally against the components of a truth map with one label at most. */
  private static ObjectTally byComponents(
      ObjectTally byLabels, LabelMap predicted, LabelMap truth) {
    LabelMap components = Instances.DEFAULT.of(truth);
    return components.maxLabel() <= 1 ? byLabels : ObjectMetrics.compare(predicted, components);
  }

  /**
   * Adds an image that was scored.
   *
   * @throws IllegalArgumentException if it has another size than those before or a probability is
   *     out of range
   */
  public void add(Scored image) {
    FloatMap probability = image.probability;
    if (entries.isEmpty()) {
      modelWidth = probability.width();
      modelHeight = probability.height();
    }
    Sizes.checkSame(
        "other images",
        modelWidth,
        modelHeight,
        "probability of " + image.byLabels.name(),
        probability.width(),
        probability.height());
    sweep.add(probability, image.truthAtModelSize);
    anyInstanceMap |= image.hasInstances;
    entries.add(new Entry(image.byLabels, image.byComponents));
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
