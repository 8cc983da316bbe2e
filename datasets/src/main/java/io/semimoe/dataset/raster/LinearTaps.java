package io.semimoe.dataset.raster;

/**
 * What linear interpolation reads along one side, with half-pixel centres: the target position i
 * looks at the source position (i + ½)·source/target − ½, clamped to the source, and takes (1 −
 * weight) of the pixel before it and weight of the one after.
 */
public final class LinearTaps {
  private final int[] first;
  private final int[] second;
  private final float[] weight;

  /**
   * Computes them for all target positions.
   *
   * @param source pixels of the source's side, at least 1
   * @param target pixels of the target's side
   */
  public LinearTaps(int source, int target) {
    first = new int[target];
    second = new int[target];
    weight = new float[target];
    double scale = (double) source / target;
    for (int i = 0; i < target; i++) {
      double position = Math.max(0, Math.min((i + 0.5) * scale - 0.5, source - 1.0));
      first[i] = (int) position;
      second[i] = Math.min(first[i] + 1, source - 1);
      weight[i] = (float) (position - first[i]);
    }
  }

  /** The source position at or before the one that the target position looks at. */
  public int first(int target) {
    return first[target];
  }

  /** The source position after it; the same at the end of the source. */
  public int second(int target) {
    return second[target];
  }

  /** Weight of the second position, in [0, 1). */
  public float weight(int target) {
    return weight[target];
  }
}
