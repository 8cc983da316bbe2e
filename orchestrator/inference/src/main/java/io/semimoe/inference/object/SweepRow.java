package io.semimoe.inference.object;

/** One row of the image cut into runs of foreground and background that alternate. */
final class SweepRow {
  private final int width;

  /** The first column of each run and, after the last run, the width. */
  private final int[] starts;

  private final Region[] regions;
  private int count;
  private boolean beginsInside;

  SweepRow(int width) {
    this.width = width;
    starts = new int[width + 1];
    regions = new Region[width];
  }

  /** Cuts a row where it crosses the threshold; the runs have no regions yet. */
  void read(float[] probability, float threshold) {
    beginsInside = probability[0] > threshold;
    boolean inside = beginsInside;
    // The first run starts at 0, as it always does.
    count = 1;
    for (int x = 1; x < width; x++) {
      if (probability[x] > threshold != inside) {
        inside = !inside;
        starts[count++] = x;
      }
    }
    starts[count] = width;
  }

  int count() {
    return count;
  }

  int start(int run) {
    return starts[run];
  }

  /** The column after the last one of a run. */
  int end(int run) {
    return starts[run + 1];
  }

  boolean isForeground(int run) {
    return (run & 1) == 0 == beginsInside;
  }

  boolean touchesSide(int run) {
    return run == 0 || run == count - 1;
  }

  void setRegion(int run, Region region) {
    regions[run] = region;
  }

  /** What the run's region has become. */
  Region region(int run) {
    return regions[run].root();
  }
}
