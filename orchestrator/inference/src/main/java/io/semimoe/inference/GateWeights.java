package io.semimoe.inference;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * How much each gate trusts each expert. The experts are those of segmentation, distance and
 * boundary, in this order, and so are the gates.
 */
public final class GateWeights {
  private static final int EXPERTS = 3;

  /** Number of weights: one for each gate and expert. */
  static final int COUNT = EXPERTS * EXPERTS;

  private final float[] values;

  /**
   * Copies nine weights.
   *
   * @param values float32 [9]: three of the segmentation gate, three of the distance gate, three of
   *     the boundary gate
   * @throws IllegalArgumentException if there are not nine
   */
  GateWeights(float[] values) {
    if (values.length != COUNT) {
      throw new IllegalArgumentException(
          "expected " + COUNT + " gate weights, found " + values.length);
    }
    this.values = values.clone();
  }

  /**
   * Weight in [0, 1] that a gate gives an expert; those of one gate sum to 1.
   *
   * @param gate 0 segmentation, 1 distance, 2 boundary
   * @param expert likewise
   * @throws IndexOutOfBoundsException if one of them is not within 0 to 2
   */
  public float weight(int gate, int expert) {
    return values[
        EXPERTS * Objects.checkIndex(gate, EXPERTS) + Objects.checkIndex(expert, EXPERTS)];
  }

  /** Sums weights up to their mean. */
  static final class Mean {
    private final double[] sum = new double[COUNT];
    private long count;

    void add(GateWeights weights) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weights.values[i];
      }
      count++;
    }

    /** Returns the mean of what was added, if anything was. */
    Optional<GateWeights> get() {
      if (count == 0) {
        return Optional.empty();
      }
      float[] mean = new float[sum.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (sum[i] / count);
      }
      return Optional.of(new GateWeights(mean));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GateWeights that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
