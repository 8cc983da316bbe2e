package io.semimoe.dataset.raster;

import java.util.Arrays;
import java.util.Objects;

/**
 * An 8-bit RGB image: {@code uint8 [height, width, 3]}, row-major, the samples of a pixel side by
 * side as red, green, blue.
 *
 * <p>The array is not copied, neither on the way in nor on the way out: whoever makes an image
 * hands its array over and no one changes it afterwards.
 */
public final class RgbImage {
  private final int width;
  private final int height;
  private final byte[] rgb;

  /**
   * Wraps {@code rgb} without copying it.
   *
   * @throws IllegalArgumentException if a side is below 1 or the array does not hold exactly {@code
   *     width·height·3} samples
   */
  public RgbImage(int width, int height, byte[] rgb) {
    Rasters.checkArray("RGB image", width, height, 3, rgb.length);
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** The samples themselves (not a copy), to be read only; each byte is unsigned, 0..255. */
  public byte[] rgb() {
    return rgb;
  }

  /**
   * One sample, 0..255; {@code channel} is 0 for red, 1 for green, 2 for blue.
   *
   * @throws IndexOutOfBoundsException if the pixel or the channel does not exist
   */
  public int sample(int x, int y, int channel) {
    return rgb[Rasters.index(width, height, x, y) * 3 + Objects.checkIndex(channel, 3)] & 0xff;
  }

  /** A copy as planes of red, green and blue: {@code float32 [3, height, width]}, 0..255. */
  public float[] planes() {
    int pixels = width * height;
    float[] planes = new float[rgb.length];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        planes[c * pixels + i] = rgb[3 * i + c] & 0xff;
      }
    }
    return planes;
  }

  /**
   * A copy of the rectangle with the top left pixel (x, y).
   *
   * @throws IllegalArgumentException if the rectangle is empty or leaves the image
   */
  public RgbImage crop(int x, int y, int cropWidth, int cropHeight) {
    Rasters.checkCrop(width, height, x, y, cropWidth, cropHeight);
    byte[] out = new byte[cropWidth * cropHeight * 3];
    for (int row = 0; row < cropHeight; row++) {
      System.arraycopy(rgb, ((y + row) * width + x) * 3, out, row * cropWidth * 3, cropWidth * 3);
    }
    return new RgbImage(cropWidth, cropHeight, out);
  }

  /** Equal sides and equal samples. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage that
        && width == that.width
        && height == that.height
        && Arrays.equals(rgb, that.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "RgbImage[" + width + "×" + height + "]";
  }
}
