package io.semimoe.dataset.raster;

import java.util.Arrays;

/**
 * One non-negative label per pixel: {@code int32 [height, width]}, row-major. 0 is background, each
 * other value one object; a mask is a label map with the values 0 and 1.
 *
 * <p>The array is not copied, neither on the way in nor on the way out: whoever makes a map hands
 * its array over and no one changes it afterwards.
 */
public final class LabelMap {
  /** Largest label that 16 bits hold, as files do. */
  public static final int LARGEST_OF_16_BITS = 65_535;

  private final int width;
  private final int height;
  private final int[] labels;

  /**
   * Wraps {@code labels} without copying it.
   *
   * @throws IllegalArgumentException if a side is below 1, the array does not hold exactly {@code
   *     width·height} labels, or a label is negative
   */
  public LabelMap(int width, int height, int[] labels) {
    Rasters.checkArray("label map", width, height, 1, labels.length);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0) {
        throw new IllegalArgumentException(
            "label map: expected labels of at least 0, found "
                + labels[i]
                + " at ("
                + i % width
                + ", "
                + i / width
                + ")");
      }
    }
    this.width = width;
    this.height = height;
    this.labels = labels;
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** The labels themselves (not a copy), to be read only. */
  public int[] labels() {
    return labels;
  }

  /**
   * The label of one pixel.
   *
   * @throws IndexOutOfBoundsException if the pixel does not exist
   */
  public int label(int x, int y) {
    return labels[Rasters.index(width, height, x, y)];
  }

  /** The greatest label; 0 where all is background. */
  public int maxLabel() {
    int max = 0;
    for (int label : labels) {
      max = Math.max(max, label);
    }
    return max;
  }

  /** Number of pixels that are not background. */
  public int foregroundCount() {
    int count = 0;
    for (int label : labels) {
      count += label != 0 ? 1 : 0;
    }
    return count;
  }

  /** The labels that occur, without the background, ascending and each once. */
  public int[] distinctLabels() {
    return Arrays.stream(labels).filter(label -> label != 0).distinct().sorted().toArray();
  }

  /** This map with the labels that occur numbered 1, 2, ... in their order. */
  public LabelMap renumbered() {
    int[] old = distinctLabels();
    int[] out = new int[labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = labels[i] == 0 ? 0 : Arrays.binarySearch(old, labels[i]) + 1;
    }
    return new LabelMap(width, height, out);
  }

  /** The mask of this map: 1 where the label is not 0. */
  public LabelMap foreground() {
    int[] out = new int[labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = labels[i] != 0 ? 1 : 0;
    }
    return new LabelMap(width, height, out);
  }

  /**
   * A copy of the rectangle with the top left pixel (x, y).
   *
   * @throws IllegalArgumentException if the rectangle is empty or leaves the map
   */
  public LabelMap crop(int x, int y, int cropWidth, int cropHeight) {
    Rasters.checkCrop(width, height, x, y, cropWidth, cropHeight);
    int[] out = new int[cropWidth * cropHeight];
    for (int row = 0; row < cropHeight; row++) {
      System.arraycopy(labels, (y + row) * width + x, out, row * cropWidth, cropWidth);
    }
    return new LabelMap(cropWidth, cropHeight, out);
  }

  /** Equal sides and equal labels. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMap that
        && width == that.width
        && height == that.height
        && Arrays.equals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "LabelMap[" + width + "×" + height + "]";
  }
}
