package io.semimoe.inference.object;

/**
 * Probability and signed distance of a pixel in one int: 16 bits each, so that open objects take
 * four bytes a pixel and sums are exact whatever their order.
 */
final class Samples {
  /** Steps of the probability from 0 to 1. */
  static final int PROBABILITY_STEPS = 65_535;

  /** Steps of the distance from 0 to 1. */
  static final int DISTANCE_STEPS = 32_767;

  /** Rounding in the model or in blending tiles may leave a range by a little, not by more. */
  private static final float TOLERANCE = 1e-3f;

  private Samples() {}

  /**
   * Fills a row of samples.
   *
   * @param distance signed distances, or null for none
   * @throws IllegalArgumentException if a value is not a number or out of its range
   */
  static void encode(int row, float[] probability, float[] distance, int[] out) {
    for (int x = 0; x < out.length; x++) {
      float p = probability[x];
      if (!(p >= -TOLERANCE && p <= 1 + TOLERANCE)) {
        throw outOfRange("probability", "[0, 1]", p, x, row);
      }
      int sample = Math.round(Math.max(0, Math.min(1, p)) * PROBABILITY_STEPS) << 16;
      if (distance != null) {
        float d = distance[x];
        if (!(d >= -1 - TOLERANCE && d <= 1 + TOLERANCE)) {
          throw outOfRange("signed distance", "[-1, 1]", d, x, row);
        }
        sample |= Math.round(Math.max(-1, Math.min(1, d)) * DISTANCE_STEPS) & 0xffff;
      }
      out[x] = sample;
    }
  }

  /** Probability in steps, 0..65535. */
  static int probability(int sample) {
    return sample >>> 16;
  }

  /** Signed distance in steps, −32767..32767. */
  static int distance(int sample) {
    return (short) sample;
  }

  private static IllegalArgumentException outOfRange(
      String what, String range, float value, int x, int y) {
    return new IllegalArgumentException(
        String.format(
            "%s at (%d, %d): expected a number in %s, found %s", what, x, y, range, value));
  }
}
