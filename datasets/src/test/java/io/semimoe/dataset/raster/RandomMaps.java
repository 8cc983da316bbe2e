package io.semimoe.dataset.raster;

import java.util.Random;

/** Label maps of random sides and densities, for tests; the seed tells them apart. */
public final class RandomMaps {
  private RandomMaps() {}

  /**
   * A map of 1..24 × 1..24 pixels with labels 0..{@code maxLabel}; some seeds give one label only.
   */
  public static LabelMap labels(long seed, int maxLabel) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(24);
    int height = 1 + random.nextInt(24);
    double foreground = random.nextInt(8) / 7.0;
    int[] labels = new int[width * height];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextDouble() < foreground ? 1 + random.nextInt(maxLabel) : 0;
    }
    return new LabelMap(width, height, labels);
  }
}
