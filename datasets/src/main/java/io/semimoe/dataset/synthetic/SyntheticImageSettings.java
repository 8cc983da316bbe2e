package io.semimoe.dataset.synthetic;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What synthetic images are made from.
 *
 * @param width their width in pixels, 64 to 4096
 * @param height their height in pixels, 64 to 4096
 * @param seed the seed of the whole series; each image depends on the seed and its index only
 */
public record SyntheticImageSettings(int width, int height, long seed) {
  private static final int LEAST = 64;
  private static final int MOST = 4096;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if a side is too short or too long
   */
  public SyntheticImageSettings {
    checkArgument(
        Math.min(width, height) >= LEAST && Math.max(width, height) <= MOST,
        "synthetic image: expected sides of %s to %s pixels, found %s x %s",
        LEAST,
        MOST,
        width,
        height);
  }
}
