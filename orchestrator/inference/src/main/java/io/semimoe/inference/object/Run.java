package io.semimoe.inference.object;

/** Pixels of one row that belong to one region; a link in the region's list. */
final class Run {
  final int row;
  final int start;

  /** The column after the last one. */
  final int end;

  /** One {@link Samples} value for each pixel; null where the region keeps none. */
  int[] samples;

  Run next;

  Run(int row, int start, int end, int[] samples) {
    this.row = row;
    this.start = start;
    this.end = end;
    this.samples = samples;
  }

  int length() {
    return end - start;
  }
}
