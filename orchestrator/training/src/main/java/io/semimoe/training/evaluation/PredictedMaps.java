package io.semimoe.training.evaluation;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.Resize;

/**
 * What a network finds in an image.
 *
 * @param probability foreground probability, {@code float32 [H, W]} in [0, 1]
 * @param distance signed distance of the distance gate, {@code float32 [H, W]} in [−1, 1], positive
 *     inside
 */
public record PredictedMaps(FloatMap probability, FloatMap distance) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they differ
   */
  public PredictedMaps {
    Sizes.checkSame(
        "probability",
        probability.width(),
        probability.height(),
        "distance",
        distance.width(),
        distance.height());
  }

  /** These maps resized bilinearly, as {@code predict} does it. */
  PredictedMaps resized(int width, int height) {
    return new PredictedMaps(
        Resize.bilinear(probability, width, height), Resize.bilinear(distance, width, height));
  }
}
