package io.semimoe.training.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;

/**
 * Numbers of foreground pixels, from which the pixel metrics follow.
 *
 * <p>Counts add up: the sum over the images of a data set gives its pooled metrics. Where neither
 * map has a foreground pixel both metrics are 1.
 *
 * @param intersection pixels that are foreground in the prediction and in the truth
 * @param predicted foreground pixels of the prediction
 * @param truth foreground pixels of the truth
 */
public record PixelCounts(long intersection, long predicted, long truth) {

  /** No pixels at all: the neutral element of {@link #plus}. */
  public static final PixelCounts NONE = new PixelCounts(0, 0, 0);

  /**
   * Checks that the counts can belong together.
   *
   * @throws IllegalArgumentException if a count is negative or the intersection exceeds one of the
   *     others
   */
  public PixelCounts {
    checkArgument(
        intersection >= 0 && intersection <= predicted && intersection <= truth,
        "expected 0 <= intersection <= predicted, truth; found intersection %s, predicted %s,"
            + " truth %s",
        intersection,
        predicted,
        truth);
  }

  /**
   * Counts the foreground pixels (label above 0) of two label maps of the same size.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static PixelCounts of(LabelMap prediction, LabelMap truth) {
    Sizes.checkSame(
        "truth",
        truth.width(),
        truth.height(),
        "prediction",
        prediction.width(),
        prediction.height());
    int[] p = prediction.labels();
    int[] t = truth.labels();
    long intersection = 0;
    long predicted = 0;
    long expected = 0;
    for (int i = 0; i < p.length; i++) {
      boolean inPrediction = p[i] > 0;
      boolean inTruth = t[i] > 0;
      predicted += inPrediction ? 1 : 0;
      expected += inTruth ? 1 : 0;
      intersection += inPrediction && inTruth ? 1 : 0;
    }
    return new PixelCounts(intersection, predicted, expected);
  }

  /**
   * Counts with the prediction {@code probability > threshold}. At 0.5 that is the arg-max of two
   * classes, a tie going to the background.
   *
   * @param probability foreground probability in [0, 1]
   * @param threshold threshold in [0, 1]
   * @param truth labels, 0 = background
   * @throws IllegalArgumentException if the sizes differ
   */
  public static PixelCounts of(FloatMap probability, float threshold, LabelMap truth) {
    return of(probability.above(threshold), truth);
  }

  /** Adds the counts of other images. */
  public PixelCounts plus(PixelCounts other) {
    return new PixelCounts(
        intersection + other.intersection, predicted + other.predicted, truth + other.truth);
  }

  /** Dice = 2|P∩T| / (|P| + |T|), in [0, 1]; 1 where both are empty. */
  public double dice() {
    long total = predicted + truth;
    return total == 0 ? 1 : 2.0 * intersection / total;
  }

  /** Jaccard = |P∩T| / |P∪T|, in [0, 1]; 1 where both are empty. */
  public double jaccard() {
    long union = predicted + truth - intersection;
    return union == 0 ? 1 : (double) intersection / union;
  }
}
