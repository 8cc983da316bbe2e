package io.semimoe.dataset.raster;

import java.util.Arrays;

/**
 * Exact squared Euclidean distance transform in integers, linear in the number of pixels.
 *
 * <p>Source: A. Meijster, J. Roerdink, W. Hesselink, "A general algorithm for computing distance
 * transforms in linear time", 2000. The first pass finds each pixel's distance within its column,
 * the second the lower envelope of the parabolas (x − i)² + g(i)² within each run of one label in a
 * row.
 */
public final class DistanceTransform {
  /** The squared distance where there is nothing to measure to. */
  public static final int NONE = Integer.MAX_VALUE;

  /** With longer sides, width² + (width + height)² would not fit an int. */
  private static final int MAX_SIDE = 16_383;

  private DistanceTransform() {}

  /**
   * For each pixel the squared distance, between pixel centres, to the nearest pixel of another
   * label, where background is the label 0. The border of the map is no label.
   *
   * @return {@code int32 [height, width]}, row-major; {@link #NONE} throughout where there is one
   *     label only
   * @throws IllegalArgumentException if a side is longer than 16383 pixels
   */
  public static int[] squaredToOther(LabelMap map) {
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
    int[] out = columnDistances(map, unreached);
    RowPass rows = new RowPass(width);
    for (int y = 0; y < height; y++) {
      rows.transform(map.labels(), out, y * width);
    }
    // A real squared distance is at most (width-1)² + (height-1)² < (width+height)².
    if (out[0] >= unreached * unreached) {
      Arrays.fill(out, NONE);
    }
    return out;
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
    int[] out = squaredToOther(map.foreground());
    for (int i = 0; i < out.length; i++) {
      if (map.labels()[i] != 0) {
        out[i] = 0;
      }
    }
    return out;
  }

  /** Distance to the nearest other label in the column; {@code unreached} where it has none. */
  private static int[] columnDistances(LabelMap map, int unreached) {
    int width = map.width();
    int[] labels = map.labels();
    int[] g = new int[labels.length];
    for (int i = 0; i < g.length; i++) {
      if (i < width) {
        g[i] = unreached;
      } else {
        g[i] = labels[i] == labels[i - width] ? Math.min(g[i - width] + 1, unreached) : 1;
      }
    }
    for (int i = g.length - width - 1; i >= 0; i--) {
      g[i] = Math.min(g[i], labels[i] == labels[i + width] ? g[i + width] + 1 : 1);
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
    void transform(int[] labels, int[] data, int offset) {
      int first = offset;
      int end = offset + width;
      while (first < end) {
        int next = first + 1;
        while (next < end && labels[next] == labels[first]) {
          next++;
        }
        transformRun(data, first, next, first > offset, next < end);
        first = next;
      }
    }

    /**
     * The pixels from {@code first} to before {@code next}, which have one label: the pixels beside
     * them, where there are such, are of another label and so at distance 0; what lies beyond is
     * farther.
     */
    private void transformRun(int[] data, int first, int next, boolean before, boolean after) {
      int shift = before ? 1 : 0;
      int count = shift + next - first;
      squaredColumn[0] = 0;
      for (int i = first; i < next; i++) {
        squaredColumn[shift + i - first] = data[i] * data[i];
      }
      if (after) {
        squaredColumn[count++] = 0;
      }
      int last = buildEnvelope(count);
      for (int x = count - 1; x >= 0; x--) {
        int i = first + x - shift;
        if (i >= first && i < next) {
          data[i] = parabola(x, apex[last]);
        }
        if (x == start[last]) {
          last--;
        }
      }
    }

    /** Fills apex and start with the parabolas of the lower envelope; returns the last's index. */
    private int buildEnvelope(int count) {
      int last = 0;
      apex[0] = 0;
      start[0] = 0;
      for (int u = 1; u < count; u++) {
        while (last >= 0 && parabola(start[last], apex[last]) > parabola(start[last], u)) {
          last--;
        }
        if (last < 0) {
          last = 0;
          apex[0] = u;
        } else {
          int next = 1 + crossing(apex[last], u);
          if (next < count) {
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
