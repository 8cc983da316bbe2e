package io.semimoe.dataset.raster;

import java.util.Arrays;

/**
 * One real number per pixel: {@code float32 [height, width]}, row-major; a probability or a signed
 * distance, as its maker says.
 *
 * <p>The array is not copied, neither on the way in nor on the way out: whoever makes a map hands
 * its array over and no one changes it afterwards.
 */
public final class FloatMap {
  private final int width;
  private final int height;
  private final float[] values;

  /**
   * Wraps {@code values} without copying it.
   *
   * @throws IllegalArgumentException if a side is below 1 or the array does not hold exactly {@code
   *     width·height} values
   */
  public FloatMap(int width, int height, float[] values) {
    Rasters.checkArray("float map", width, height, 1, values.length);
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** The values themselves (not a copy), to be read only. */
  public float[] values() {
    return values;
  }

  /**
   * The value of one pixel.
   *
   * @throws IndexOutOfBoundsException if the pixel does not exist
   */
  public float value(int x, int y) {
    return values[Rasters.index(width, height, x, y)];
  }

  /** A copy of the row {@code y}. */
  public float[] row(int y) {
    return Arrays.copyOfRange(values, y * width, (y + 1) * width);
  }

  /**
   * A map of the same sides that is 1 where the value is greater than {@code threshold}, else 0.
   */
  public LabelMap above(float threshold) {
    int[] out = new int[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i] > threshold ? 1 : 0;
    }
    return new LabelMap(width, height, out);
  }

  /** Equal sides and equal values ({@link Float#equals} for each). */
  @Override
  public boolean equals(Object other) {
    return other instanceof FloatMap that
        && width == that.width
        && height == that.height
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FloatMap[" + width + "×" + height + "]";
  }
}
