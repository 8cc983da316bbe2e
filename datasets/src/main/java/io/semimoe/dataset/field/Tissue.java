package io.semimoe.dataset.field;

import io.semimoe.dataset.raster.RgbImage;

/** Tells stained tissue from glass. */
final class Tissue {
  /** Saturation (max − min) / max of red, green and blue above which a pixel counts as stained. */
  private static final double SATURATION = 0.06;

  /**
   * The brightest sample of a pixel below which it is no tissue: a pen, or what was not scanned.
   */
  private static final int DARK = 32;

  private Tissue() {}

  /** Returns the share of pixels that are stained, 0 to 1. */
  static double share(RgbImage image) {
    byte[] rgb = image.rgb();
    long stained = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      int red = rgb[i] & 0xff;
      int green = rgb[i + 1] & 0xff;
      int blue = rgb[i + 2] & 0xff;
      int max = Math.max(red, Math.max(green, blue));
      int min = Math.min(red, Math.min(green, blue));
      stained += max >= DARK && max - min > SATURATION * max ? 1 : 0;
    }
    return 3.0 * stained / rgb.length;
  }
}
