package io.semimoe.inference.object;

/** Crofton's estimate of a boundary's length, see {@link SegmentedObject}. */
final class Perimeter {
  private Perimeter() {}

  /**
   * Counts crossings along rows, columns and both diagonals.
   *
   * @param area number of pixels in the runs
   */
  static double of(PixelRuns runs, long area) {
    // A line crosses the boundary where exactly one of two pixels next to each other on it is
    // inside: twice the area less twice the number of pairs with both inside.
    double rows = 2.0 * runs.count();
    double columns = 2.0 * (area - pairs(runs, 0));
    double diagonals = 2.0 * (area - pairs(runs, 1)) + 2.0 * (area - pairs(runs, -1));
    return Math.PI / 8 * (rows + columns + diagonals / Math.sqrt(2));
  }

  /** Number of pixels (x, y) inside with (x + shift, y + 1) inside too. */
  private static long pairs(PixelRuns runs, int shift) {
    long pairs = 0;
    int below = 0;
    for (int i = 0; i < runs.count(); i++) {
      while (below < runs.count()
          && (runs.row(below) <= runs.row(i)
              || (runs.row(below) == runs.row(i) + 1
                  && runs.end(below) <= runs.start(i) + shift))) {
        below++;
      }
      for (int j = below;
          j < runs.count() && runs.row(j) == runs.row(i) + 1 && runs.start(j) < runs.end(i) + shift;
          j++) {
        pairs +=
            Math.min(runs.end(i) + shift, runs.end(j))
                - Math.max(runs.start(i) + shift, runs.start(j));
      }
    }
    return pairs;
  }
}
