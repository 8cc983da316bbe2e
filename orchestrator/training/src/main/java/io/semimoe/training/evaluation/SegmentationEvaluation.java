package io.semimoe.training.evaluation;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import io.semimoe.dataset.raster.ConnectedComponents;
import io.semimoe.dataset.raster.Connectivity;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.inference.object.SegmentedObjects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Scores a model on a data set: fed image by image, it yields every metric by its name.
 *
 * <ul>
 *   <li>At the size at which the model works: pooled and per-image mean Dice and Jaccard of the
 *       foreground at a fixed threshold, and the pooled ones at the best threshold (optimistic, see
 *       {@link ThresholdSweep}).
 *   <li>At each image's own size, the maps resized bilinearly: the same at the fixed threshold, and
 *       the object metrics of {@link ObjectMetrics}, pooled and as means over images. They are
 *       there twice: of the mask's 8-connected components as they are, and of the separated
 *       objects, which are those that {@code predict} writes by default ({@link
 *       SegmentedObjects#of}, {@link ObjectOptions#forImage}).
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

  private final OptionalDouble micronsPerPixel;
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
    private final ImageScores byComponents;

    private Scored(
        FloatMap probability,
        LabelMap truthAtModelSize,
        boolean hasInstances,
        ImageScores byLabels,
        ImageScores byComponents) {
      this.probability = probability;
      this.truthAtModelSize = truthAtModelSize;
      this.hasInstances = hasInstances;
      this.byLabels = byLabels;
      this.byComponents = byComponents;
    }
  }

  /** Scores with the tallies for each reading of the truth map: its labels, or its components. */
  private record Entry(ImageScores byLabels, ImageScores byComponents) {}

  /**
   * An evaluation.
   *
   * @param micronsPerPixel side of a pixel of the images on the glass, if it is known, by which it
   *     is decided what a small object is
   */
  public SegmentationEvaluation(OptionalDouble micronsPerPixel) {
    this.micronsPerPixel = requireNonNull(micronsPerPixel, "micronsPerPixel");
  }

  /**
   * Scores an image without adding it. Costs some tens of milliseconds at 775×522 pixels. Several
   * threads may score at once.
   *
   * @param name name of the image, for the messages and {@link #images()}
   * @param group group that is reported apart, for instance {@code testA}
   * @param maps maps at the size at which the model works, the same for all images
   * @param truthAtModelSize truth at that size
   * @param truth truth at the image's own size; 0 = background, each other label one object
   * @throws IllegalArgumentException if the sizes do not fit together or a map is out of its range
   */
  public Scored score(
      String name, String group, PredictedMaps maps, LabelMap truthAtModelSize, LabelMap truth) {
    requireNonNull(group, "group");
    FloatMap probability = maps.probability();
    Sizes.checkSame(
        "probability",
        probability.width(),
        probability.height(),
        "truth at the model's size of " + name,
        truthAtModelSize.width(),
        truthAtModelSize.height());
    PredictedMaps original = maps.resized(truth.width(), truth.height());
    LabelMap mask = original.probability().above(DEFAULT_THRESHOLD);
    LabelMap components = ConnectedComponents.label(mask, Connectivity.EIGHT);
    LabelMap separated = separated(original);
    PixelCounts atModelSize = PixelCounts.of(probability, DEFAULT_THRESHOLD, truthAtModelSize);
    PixelCounts atOriginal = PixelCounts.of(mask, truth);
    Function<LabelMap, ImageScores> scores =
        objects ->
            new ImageScores(
                name,
                group,
                atModelSize,
                atOriginal,
                ObjectMetrics.compare(components, objects),
                ObjectMetrics.compare(separated, objects));
    ImageScores byLabels = scores.apply(truth);
    boolean hasInstances = truth.distinctLabels().length > 1;
    LabelMap parts = hasInstances ? truth : ConnectedComponents.label(truth, Connectivity.EIGHT);
    return new Scored(
        probability,
        truthAtModelSize,
        hasInstances,
        byLabels,
        hasInstances || parts.maxLabel() <= 1 ? byLabels : scores.apply(parts));
  }

  /** The objects that {@code predict} finds in these maps by default. */
  private LabelMap separated(PredictedMaps maps) {
    FloatMap probability = maps.probability();
    ObjectOptions options =
        ObjectOptions.forImage(probability.width(), probability.height(), micronsPerPixel);
    return SegmentedObjects.of(
            probability, Optional.of(maps.distance()), DEFAULT_THRESHOLD, options)
        .labels();
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
  List<ImageScores> images() {
    return entries.stream()
        .map(entry -> anyInstanceMap ? entry.byLabels() : entry.byComponents())
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
