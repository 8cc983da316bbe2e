package io.semimoe.dataset.raster;

import java.io.IOException;

/**
 * An 8-bit RGB image that is read a rectangle at a time, so that it may be larger than the memory:
 * a level of a slide, a file, or an image at hand.
 *
 * <p>The pixels never change: reading a rectangle twice gives the same samples. Unless an
 * implementation says otherwise, several threads may read at once. Whoever opened what stands
 * behind a source closes it; a source itself has nothing to close.
 */
public interface RgbSource {
  /** Number of columns, at least 1. */
  int width();

  /** Number of rows, at least 1. */
  int height();

  /**
   * The rectangle with the top left pixel (x, y). What it costs is up to the implementation: from
   * copying the pixels to decoding every stored tile that the rectangle touches.
   *
   * @return {@code uint8 [height, width, 3]}, to be read only
   * @throws IllegalArgumentException if the rectangle is empty, leaves the image, or has more
   *     samples than a Java array holds
   * @throws IOException if the pixels cannot be read; the message names the file
   */
  RgbImage region(int x, int y, int width, int height) throws IOException;

  /**
   * {@link #region}, held to its contract: for who reads sources of others.
   *
   * @throws IllegalStateException if the region does not have the sides that were asked for
   */
  default RgbImage checkedRegion(int x, int y, int width, int height) throws IOException {
    RgbImage region = region(x, y, width, height);
    if (region.width() != width || region.height() != height) {
      throw new IllegalStateException(
          "%s: expected a region of %d×%d pixels at (%d, %d), found %d×%d"
              .formatted(
                  getClass().getName(), width, height, x, y, region.width(), region.height()));
    }
    return region;
  }

  /** The image as a source; the regions are copies. */
  static RgbSource of(RgbImage image) {
    return new ImageSource(image);
  }

  /**
   * This source at another size, each side by itself: where a side shrinks, a pixel is the mean of
   * what it covers; where it grows, it is interpolated linearly (half-pixel centres). A region
   * reads all that it covers of this source at once, and does not depend on how the image is
   * divided into regions.
   *
   * @throws IllegalArgumentException if a side is below 1
   */
  default RgbSource scaled(int width, int height) {
    return width == width() && height == height() ? this : new ScaledSource(this, width, height);
  }

  /**
   * This source with both sides {@code scale} times as long, rounded, and of one pixel at least.
   *
   * @throws IllegalArgumentException if the scale is not above 0, or makes a side longer than 2³¹ −
   *     1 pixels
   */
  default RgbSource scaled(double scale) {
    return scaled(Rasters.scaledSide(width(), scale), Rasters.scaledSide(height(), scale));
  }
}
