package io.semimoe.verification;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.util.Arrays;

/**
 * One array of reference vectors in C order. Every supported type (bool, 8 to 64-bit integers,
 * floats) fits a double without loss as long as integers stay below 2^53.
 */
public final class ReferenceArray {
  private final String name;
  private final int[] dims;
  private final double[] values;

  ReferenceArray(String name, int[] dims, double[] values) {
    this.name = name;
    this.dims = dims;
    this.values = values;
  }

  /** A copy of the dimensions; empty for a scalar. */
  public int[] dims() {
    return dims.clone();
  }

  /** One dimension. */
  public int dim(int axis) {
    return dims[axis];
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** A copy of the values. */
  public double[] doubles() {
    return values.clone();
  }

  /** The values as floats; exact for arrays stored as float32. */
  public float[] floats() {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  /**
   * The values as integers.
   *
   * @throws ArithmeticException if one is no 32-bit integer
   */
  public int[] ints() {
    int[] out = new int[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) values[i];
      if (out[i] != values[i]) {
        throw new ArithmeticException(
            name + "[" + i + "] = " + values[i] + " is no 32-bit integer");
      }
    }
    return out;
  }

  /** The only value of an array of size 1 (a scalar among them). */
  public double scalar() {
    if (values.length != 1) {
      throw new IllegalStateException(this + " is no scalar");
    }
    return values[0];
  }

  /** The array {@code [height, width]} as a label map. */
  public LabelMap toLabelMap() {
    checkRank(2);
    return new LabelMap(dims[1], dims[0], ints());
  }

  /** The array {@code [height, width]} as a float map. */
  public FloatMap toFloatMap() {
    checkRank(2);
    return new FloatMap(dims[1], dims[0], floats());
  }

  /** The array {@code [height, width, 3]} with values 0..255 as an image. */
  public RgbImage toRgbImage() {
    checkRank(3);
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (int) values[i];
    }
    return new RgbImage(dims[1], dims[0], out);
  }

  private void checkRank(int rank) {
    if (dims.length != rank) {
      throw new IllegalStateException(this + ": expected " + rank + " dimensions");
    }
  }

  @Override
  public String toString() {
    return name + Arrays.toString(dims);
  }
}
