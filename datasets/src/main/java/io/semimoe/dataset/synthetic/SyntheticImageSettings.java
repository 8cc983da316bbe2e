package io.semimoe.dataset.synthetic;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What synthetic images are made from.
 *
 * @param width their width in pixels, {@value #LEAST_SIDE} to {@value #MOST_SIDE}
 * @param height their height in pixels, likewise
 * @param seed the seed of the whole series; each image depends on the seed and its index only
 */
public record SyntheticImageSettings(int width, int height, long seed) {
  /** Shortest side of an image in pixels. */
  public static final int LEAST_SIDE = 64;

  /** Longest side of an image in pixels. */
  public static final int MOST_SIDE = 4096;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if a side is too short or too long
   */
  public SyntheticImageSettings {
    checkArgument(
        Math.min(width, height) >= LEAST_SIDE && Math.max(width, height) <= MOST_SIDE,
        "synthetic image: expected sides of %s to %s pixels, found %s x %s",
        LEAST_SIDE,
        MOST_SIDE,
        width,
        height);
  }
}
