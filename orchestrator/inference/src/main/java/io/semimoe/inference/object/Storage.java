package io.semimoe.inference.object;

/** What regions may keep of their pixels, and how much they all keep at the moment. */
final class Storage {
  private final long maximumHoleArea;
  private final long maximumSampledBox;
  private long runs;
  private long samples;

  /**
   * Sets the limits.
   *
   * @param maximumHoleArea greatest area of a background region whose runs are kept
   * @param maximumSampledBox greatest number of pixels in the box of a region whose samples are
   *     kept; 0 keeps none
   */
  Storage(long maximumHoleArea, long maximumSampledBox) {
    this.maximumHoleArea = maximumHoleArea;
    this.maximumSampledBox = maximumSampledBox;
  }

  long maximumHoleArea() {
    return maximumHoleArea;
  }

  long maximumSampledBox() {
    return maximumSampledBox;
  }

  /** Number of runs held. */
  long runs() {
    return runs;
  }

  /** Number of samples held, four bytes each. */
  long samples() {
    return samples;
  }

  void add(Run run) {
    runs++;
    samples += run.samples == null ? 0 : run.length();
  }

  /** Forgets the samples of a list of runs. */
  void dropSamples(Run head) {
    for (Run run = head; run != null; run = run.next) {
      samples -= run.samples == null ? 0 : run.length();
      run.samples = null;
    }
  }

  /** No longer counts a list of runs. */
  void remove(Run head) {
    for (Run run = head; run != null; run = run.next) {
      runs--;
      samples -= run.samples == null ? 0 : run.length();
    }
  }
}
