package io.semimoe.dataset.raster;

import java.util.Arrays;

/** Dilation of masks by disks. */
public final class Morphology {
  private Morphology() {}

  /**
   * Dilates the foreground by the disk {dx² + dy² ≤ radius²}; radius 2 is the 13-pixel disk of
   * scikit-image. What lies beyond the border counts as background. Linear in the pixels times
   * (2·radius + 1).
   *
   * @param mask foreground where the label is not 0
   * @param radius in pixels, at least 0
   * @return a new mask with the values 0 and 1
   * @throws IllegalArgumentException if the radius is negative
   */
  public static LabelMap dilate(LabelMap mask, int radius) {
    int[] halfWidths = halfWidths(radius);
    int width = mask.width();
    int height = mask.height();
    int[] in = mask.labels();
    int[] out = new int[in.length];
    for (int y = 0; y < height; y++) {
      int x = 0;
      while (x < width) {
        if (in[y * width + x] == 0) {
          x++;
          continue;
        }
        int end = x;
        while (end < width && in[y * width + end] != 0) {
          end++;
        }
        for (int row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++) {
          int reach = halfWidths[Math.abs(row - y)];
          int from = row * width + Math.max(0, x - reach);
          int to = row * width + Math.min(width, end + reach);
          Arrays.fill(out, from, to, 1);
        }
        x = end;
      }
    }
    return new LabelMap(width, height, out);
  }

  /** For each |dy| up to the radius the greatest dx within the disk. */
  private static int[] halfWidths(int radius) {
    if (radius < 0) {
      throw new IllegalArgumentException(
          "dilation: expected a radius of at least 0, found " + radius);
    }
    int[] halfWidths = new int[radius + 1];
    for (int dy = 0; dy <= radius; dy++) {
      halfWidths[dy] = (int) Math.sqrt((double) radius * radius - (double) dy * dy);
    }
    return halfWidths;
  }
}
