package io.semimoe.training.evaluation;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;

/**
 * Pooled pixel counts at the thresholds 0.01, 0.02, … 0.99, in one pass over the pixels.
 *
 * <p>Choosing the threshold on the images that are then reported is optimistic: results of {@link
 * #best()} may be reported only under the name <em>best-threshold (optimistic)</em>. The published
 * Semi-MoE code reports this figure.
 *
 * <p>A histogram of the probabilities per class holds all that is needed, 100 bins whatever the
 * number of images. Not thread-safe.
 */
final class ThresholdSweep {

  /** Thresholds are multiples of one in this many. */
  private static final int STEPS = 100;

  private static final int HALF = STEPS / 2;

  /** How far rounding may push a softmax output out of [0, 1]. */
  private static final float SLACK = 1e-6f;

  /** Pixels by the number of thresholds that lie strictly below their probability. */
  private final long[] truthHistogram = new long[STEPS];

  private final long[] backgroundHistogram = new long[STEPS];

  /**
   * The best threshold and the pooled counts at it.
   *
   * @param hundredths the threshold in hundredths, 1..99; a pixel is foreground if its probability
   *     is above it
   * @param counts pooled counts at that threshold
   */
  record Best(int hundredths, PixelCounts counts) {}

  /**
   * Adds all pixels of an image.
   *
   * @param probability foreground probability in [0, 1]
   * @param truth labels of the same size, 0 = background
   * @throws IllegalArgumentException if the sizes differ or a probability is not in [0, 1]
   */
  void add(FloatMap probability, LabelMap truth) {
    Sizes.checkSame(
        "truth",
        truth.width(),
        truth.height(),
        "probability",
        probability.width(),
        probability.height());
    float[] p = probability.values();
    int[] t = truth.labels();
    for (int i = 0; i < p.length; i++) {
      (t[i] > 0 ? truthHistogram : backgroundHistogram)[bin(p[i])]++;
    }
  }

  /** Pooled counts at the threshold {@code step / 100}. */
  private PixelCounts at(int step) {
    long intersection = 0;
    long wrong = 0;
    long truth = 0;
    for (int bin = 0; bin < STEPS; bin++) {
      truth += truthHistogram[bin];
      if (bin >= step) {
        intersection += truthHistogram[bin];
        wrong += backgroundHistogram[bin];
      }
    }
    return new PixelCounts(intersection, intersection + wrong, truth);
  }

  /**
   * The threshold with the highest pooled Dice; since Jaccard = Dice / (2 − Dice), its Jaccard is
   * the highest too. Among equals the one nearest to 0.5 wins, then the lower one.
   */
  Best best() {
    int best = HALF;
    PixelCounts bestCounts = at(HALF);
    for (int distance = 1; distance < HALF; distance++) {
      for (int step : new int[] {HALF - distance, HALF + distance}) {
        PixelCounts counts = at(step);
        if (counts.dice() > bestCounts.dice()) {
          best = step;
          bestCounts = counts;
        }
      }
    }
    return new Best(best, bestCounts);
  }

  /** Number of thresholds 0.01 … 0.99 that are strictly below the probability. */
  private static int bin(float probability) {
    if (!(probability >= -SLACK && probability <= 1 + SLACK)) {
      throw new IllegalArgumentException(
          "expected probabilities in [0, 1], found "
              + probability
              + "; pass the softmax output of the foreground class");
    }
    int bin = Math.max(0, Math.min(STEPS - 1, (int) (probability * STEPS)));
    while (bin > 0 && !(probability > (float) bin / STEPS)) {
      bin--;
    }
    return bin;
  }
}
