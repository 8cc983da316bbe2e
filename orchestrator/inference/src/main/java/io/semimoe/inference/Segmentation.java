package io.semimoe.inference;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.inference.object.SegmentedObjects;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a model found in one image, at the image's own size.
 *
 * @param probability probability of the foreground class, {@code float32 [height, width]} in [0, 1]
 * @param mask 1 where the probability is above the threshold, else 0
 * @param threshold the threshold
 * @param distance signed distance field of the distance gate, {@code float32 [height, width]} in
 *     (−1, 1), positive inside, if the model has one
 * @param boundary probability of a boundary, {@code float32 [height, width]} in [0, 1], if the
 *     model has one
 * @param gateWeights mean weights of the experts, if the model gives them
 * @param micronsPerPixel side of a pixel in µm, if the caller knew it
 */
public record Segmentation(
    FloatMap probability,
    LabelMap mask,
    float threshold,
    Optional<FloatMap> distance,
    Optional<FloatMap> boundary,
    Optional<GateWeights> gateWeights,
    OptionalDouble micronsPerPixel) {

  /** Checks that nothing is missing. */
  public Segmentation {
    Objects.requireNonNull(probability, "probability");
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(distance, "distance");
    Objects.requireNonNull(boundary, "boundary");
    Objects.requireNonNull(gateWeights, "gateWeights");
    Objects.requireNonNull(micronsPerPixel, "micronsPerPixel");
  }

  /** The objects by the options of {@link ObjectOptions#forImage} for this image. */
  public SegmentedObjects objects() {
    return objects(
        ObjectOptions.forImage(probability.width(), probability.height(), micronsPerPixel));
  }

  /**
   * Finds the objects of the mask; those that touch are separated by the distance field, if there
   * is one. Computed anew at each call; separating takes most of some 90 ms for a million pixels.
   */
  public SegmentedObjects objects(ObjectOptions options) {
    return SegmentedObjects.of(probability, distance, threshold, options);
  }
}
