package io.semimoe.inference.object;

import java.util.Arrays;

/**
 * The pixels of an object as horizontal runs, in reading order: by row, then by column. Runs of one
 * row do not touch. Immutable.
 */
public final class PixelRuns {
  private final int[] rows;
  private final int[] starts;
  private final int[] ends;

  /** Takes the arrays over; the runs are sorted, not empty, and those of a row do not touch. */
  PixelRuns(int[] rows, int[] starts, int[] ends) {
    this.rows = rows;
    this.starts = starts;
    this.ends = ends;
  }

  /** Number of runs, at least 1. */
  public int count() {
    return rows.length;
  }

  /**
   * The row of a run.
   *
   * @throws IndexOutOfBoundsException if there is no such run
   */
  public int row(int run) {
    return rows[run];
  }

  /**
   * The first column of a run.
   *
   * @throws IndexOutOfBoundsException if there is no such run
   */
  public int start(int run) {
    return starts[run];
  }

  /**
   * The column after the last one of a run.
   *
   * @throws IndexOutOfBoundsException if there is no such run
   */
  public int end(int run) {
    return ends[run];
  }

  /** The smallest rectangle that holds all runs. */
  public PixelBox box() {
    int left = Integer.MAX_VALUE;
    int right = 0;
    for (int i = 0; i < rows.length; i++) {
      left = Math.min(left, starts[i]);
      right = Math.max(right, ends[i]);
    }
    return new PixelBox(left, rows[0], right - left, rows[rows.length - 1] - rows[0] + 1);
  }

  /** Number of pixels. */
  public long area() {
    long area = 0;
    for (int i = 0; i < rows.length; i++) {
      area += ends[i] - starts[i];
    }
    return area;
  }

  /** The run after the last one of the row in which {@code run} lies. */
  int endOfRow(int run) {
    int i = run;
    while (i < rows.length && rows[i] == rows[run]) {
      i++;
    }
    return i;
  }

  /**
   * Sets the pixels in a row-major raster.
   *
   * @param raster raster of {@code width} columns, changed in place
   * @param width number of columns of the raster
   * @param value value to set
   * @throws IndexOutOfBoundsException if a run lies below the raster
   */
  public void paint(int[] raster, int width, int value) {
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i] * width;
      Arrays.fill(raster, row + starts[i], row + ends[i], value);
    }
  }

  /** Collects runs in reading order. */
  static final class Builder {
    private int[] rows = new int[16];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int count;

    /** Adds a run after all earlier ones; it is joined to the last one if they touch. */
    void add(int row, int start, int end) {
      if (count > 0 && rows[count - 1] == row && ends[count - 1] == start) {
        ends[count - 1] = end;
        return;
      }
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      rows[count] = row;
      starts[count] = start;
      ends[count++] = end;
    }

    PixelRuns build() {
      return new PixelRuns(
          Arrays.copyOf(rows, count), Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
    }
  }

  /** Equal pixels. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PixelRuns that
        && Arrays.equals(rows, that.rows)
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(ends, that.ends);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(rows) + Arrays.hashCode(starts)) + Arrays.hashCode(ends);
  }

  @Override
  public String toString() {
    return "PixelRuns[" + rows.length + " runs, " + area() + " pixels]";
  }
}
