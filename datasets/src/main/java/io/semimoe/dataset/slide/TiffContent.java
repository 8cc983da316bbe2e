package io.semimoe.dataset.slide;

import java.util.Locale;

/** What the samples of a written TIFF mean, and with that how they are stored and reduced. */
public enum TiffContent {
  /** 8-bit gray: 0 background, 255 foreground. Reduced by taking every second pixel. */
  MASK(8, 1, false),
  /** 16-bit gray: round(65535·p) of a probability p. Reduced by the mean of 2×2 pixels. */
  PROBABILITY16(16, 1, true),
  /** 16-bit unsigned gray: labels from 0 to 65535. Reduced by taking every second pixel. */
  LABELS16(16, 1, false),
  /** 32-bit unsigned gray: labels from 0 to 2³¹ − 1. Reduced by taking every second pixel. */
  LABELS32(32, 1, false),
  /** 8-bit RGB. Reduced by the mean of 2×2 pixels. */
  RGB(8, 3, true);

  private final int bits;
  private final int samples;
  private final boolean mean;

  TiffContent(int bits, int samples, boolean mean) {
    this.bits = bits;
    this.samples = samples;
    this.mean = mean;
  }

  /** Bits of one sample. */
  int bits() {
    return bits;
  }

  /** Samples of one pixel. */
  int samples() {
    return samples;
  }

  int bytesPerPixel() {
    return bits / 8 * samples;
  }

  /** Whether smaller levels hold means of pixels, or else single pixels. */
  boolean isReducedByMean() {
    return mean;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
