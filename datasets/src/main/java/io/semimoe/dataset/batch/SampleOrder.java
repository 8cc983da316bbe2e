package io.semimoe.dataset.batch;

import io.semimoe.dataset.random.SeededRandom;

/**
 * An endless sequence of images: one permutation of all after the other, each newly drawn, so that
 * none comes twice before all others have come.
 */
final class SampleOrder {
  private final int count;
  private final long seed;
  private final String purpose;

  SampleOrder(int count, long seed, String purpose) {
    this.count = count;
    this.seed = seed;
    this.purpose = purpose;
  }

  /**
   * Returns a stretch of the sequence.
   *
   * @param series which of many such sequences
   * @param first where the stretch begins
   * @param length how many images
   */
  int[] stretch(long series, long first, int length) {
    int[] stretch = new int[length];
    int[] permutation = new int[0];
    for (int i = 0; i < length; i++) {
      long position = first + i;
      int within = (int) (position % count);
      if (i == 0 || within == 0) {
        permutation = SeededRandom.of(seed, purpose, series, position / count).permutation(count);
      }
      stretch[i] = permutation[within];
    }
    return stretch;
  }
}
