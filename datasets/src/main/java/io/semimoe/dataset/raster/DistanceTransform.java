package io.semimoe.dataset.raster;

import java.util.Arrays;

/**
 * Exact squared Euclidean distance transform in integers, linear in the number of pixels.
 *
 * <p>Source: A. Meijster, J. Roerdink, W. Hesselink, "A general algorithm for computing distance
 * transforms in linear time", 2000. The first pass finds each pixel's distance within its column,
 * the second the lower envelope of the parabolas (x − i)² + g(i)² within each row.
 */
public final class DistanceTransform {
  /** The squared distance where there is nothing to measure to. */
  public static final int NONE = Integer.MAX_VALUE;

  /** With longer sides, width² + (width + height)² would not fit an int. */
  private static final int MAX_SIDE = 16_383;

  private DistanceTransform() {}

  /**
   * For each pixel the squared distance, between pixel centres, to the nearest background pixel; 0
   * on the background itself. The border of the map is not background.
   *
   * @return {@code int32 [height, width]}, row-major; {@link #NONE} throughout where there is no
   *     background
   * @throws IllegalArgumentException if a side is longer than 16383 pixels
   */
  public static int[] squaredToBackground(LabelMap map) {
    return squared(map, true);
  }

  /**
   * For each pixel the squared distance, between pixel centres, to the nearest pixel that is not
   * background; 0 on the foreground itself.
   *
   * @return {@code int32 [height, width]}, row-major; {@link #NONE} throughout where there is no
   *     foreground
   * @throws IllegalArgumentException if a side is longer than 16383 pixels
   */
  public static int[] squaredToForeground(LabelMap map) {
    return squared(map, false);
  }

  private static int[] squared(LabelMap map, boolean toBackground) {
    int width = map.width();
    int height = map.height();
    if (width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "distance transform: expected sides of at most "
              + MAX_SIDE
              + " pixels, found "
              + width
              + "×"
              + height);
    }
    int unreached = width + height;
    int[] out = columnDistances(map, toBackground, unreached);
    RowPass rows = new RowPass(width);
    for (int y = 0; y < height; y++) {
      rows.transform(out, y * width);
    }
    // A real squared distance is at most (width-1)² + (height-1)² < (width+height)².
    if (out[0] >= unreached * unreached) {
      Arrays.fill(out, NONE);
    }
    return out;
  }

  /** Distance to the nearest target within the column; {@code unreached} where it has none. */
  private static int[] columnDistances(LabelMap map, boolean toBackground, int unreached) {
    int width = map.width();
    int[] labels = map.labels();
    int[] g = new int[labels.length];
    for (int i = 0; i < g.length; i++) {
      if ((labels[i] == 0) == toBackground) {
        g[i] = 0;
      } else {
        g[i] = i < width ? unreached : Math.min(g[i - width] + 1, unreached);
      }
    }
    for (int i = g.length - width - 1; i >= 0; i--) {
      g[i] = Math.min(g[i], g[i + width] + 1);
    }
    return g;
  }

  /** The second pass, with its work space. */
  private static final class RowPass {
    private final int width;
    private final int[] squaredColumn;
    private final int[] apex;
    private final int[] start;

    RowPass(int width) {
      this.width = width;
      squaredColumn = new int[width];
      apex = new int[width];
      start = new int[width];
    }

    /** Replaces the column distances of the row at {@code offset} by squared distances. */
    void transform(int[] data, int offset) {
      for (int x = 0; x < width; x++) {
        squaredColumn[x] = data[offset + x] * data[offset + x];
      }
      int last = buildEnvelope();
      for (int x = width - 1; x >= 0; x--) {
        data[offset + x] = parabola(x, apex[last]);
        if (x == start[last]) {
          last--;
        }
      }
    }

    /** Fills apex and start with the parabolas of the lower envelope; returns the last's index. */
    private int buildEnvelope() {
      int last = 0;
      apex[0] = 0;
      start[0] = 0;
      for (int u = 1; u < width; u++) {
        while (last >= 0 && parabola(start[last], apex[last]) > parabola(start[last], u)) {
          last--;
        }
        if (last < 0) {
          last = 0;
          apex[0] = u;
        } else {
          int next = 1 + crossing(apex[last], u);
          if (next < width) {
            last++;
            apex[last] = u;
            start[last] = next;
          }
        }
      }
      return last;
    }

    private int parabola(int x, int i) {
      return (x - i) * (x - i) + squaredColumn[i];
    }

    /** The last x at which the parabola of {@code i} is not above that of the later {@code u}. */
    private int crossing(int i, int u) {
      return Math.floorDiv(u * u - i * i + squaredColumn[u] - squaredColumn[i], 2 * (u - i));
    }
  }
}
