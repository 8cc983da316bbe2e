package io.semimoe.dataset.raster;

/**
 * What pixels of a scaled side are made of: where it shrinks, the mean of the source pixels that a
 * target pixel covers, those at its edges by the share that it covers; where it grows, linear
 * interpolation. For a stretch of target positions.
 */
final class AxisWeights {
  private final int[] starts;
  private final float[][] weights;

  /**
   * Computes the weights of the target positions from {@code from} to before {@code from + count}.
   *
   * @param source pixels of the source's side
   * @param target pixels of the target's side
   */
  AxisWeights(int source, int target, int from, int count) {
    starts = new int[count];
    weights = new float[count][];
    double scale = (double) source / target;
    for (int i = 0; i < count; i++) {
      if (scale > 1) {
        cover(i, (from + i) * scale, Math.min((from + i + 1) * scale, source));
      } else {
        interpolate(i, (from + i + 0.5) * scale - 0.5, source);
      }
    }
  }

  private void cover(int i, double begin, double end) {
    int first = (int) begin;
    int past = (int) Math.ceil(end);
    starts[i] = first;
    weights[i] = new float[past - first];
    for (int j = first; j < past; j++) {
      double covered = Math.min(end, j + 1.0) - Math.max(begin, j);
      weights[i][j - first] = (float) (covered / (end - begin));
    }
  }

  private void interpolate(int i, double centre, int source) {
    double position = Math.max(0, Math.min(centre, source - 1.0));
    int first = (int) position;
    float second = (float) (position - first);
    starts[i] = first;
    weights[i] = second > 0 ? new float[] {1 - second, second} : new float[] {1};
  }

  /** First source position that any target position needs. */
  int first() {
    return starts[0];
  }

  /** Number of source positions that the target positions need. */
  int length() {
    int last = starts.length - 1;
    return starts[last] + weights[last].length - starts[0];
  }

  /** First source position of a target position, counted from {@link #first}. */
  int start(int i) {
    return starts[i] - starts[0];
  }

  /** Weights of the source positions from {@link #start} on; their sum is 1. */
  float[] weights(int i) {
    return weights[i];
  }
}
