package io.semimoe.inference;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.Objects;

/**
 * What a model found in one image, at the image's own size.
 *
 * @param probability probability of the foreground class, {@code float32 [height, width]} in [0, 1]
 * @param mask 1 where the probability is above the threshold, else 0
 * @param threshold the threshold
 */
public record Segmentation(FloatMap probability, LabelMap mask, float threshold) {

  /** Checks that nothing is missing. */
  public Segmentation {
    Objects.requireNonNull(probability, "probability");
    Objects.requireNonNull(mask, "mask");
  }

  /** The segmentation of a probability map by a threshold. */
  static Segmentation of(FloatMap probability, float threshold) {
    return new Segmentation(probability, probability.above(threshold), threshold);
  }
}
