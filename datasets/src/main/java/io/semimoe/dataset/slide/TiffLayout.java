package io.semimoe.dataset.slide;

import io.semimoe.dataset.raster.Rasters;
import java.util.OptionalDouble;

/**
 * How a TIFF is to be written.
 *
 * @param width number of columns, at least 1
 * @param height number of rows, at least 1
 * @param content what the samples mean
 * @param pyramid whether levels of half the sides follow, down to one that fits a tile
 * @param micronsPerPixel side of a pixel on the glass, where it is known; greater than 0
 */
public record TiffLayout(
    int width, int height, TiffContent content, boolean pyramid, OptionalDouble micronsPerPixel) {
  /** Sides of a tile in pixels. */
  public static final int TILE = 256;

  /** Four million million pixels; the places of so many tiles take 1 GiB. */
  private static final long MAX_TILES = 1L << 26;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a side is below 1, the width is so large that a row of
   *     tiles does not fit into an array (2 million pixels of 32 bits), there are more than 2²⁶
   *     tiles, or the size of a pixel is not a positive number
   */
  public TiffLayout {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "TIFF: expected a width and a height of at least 1, found %d×%d"
              .formatted(width, height));
    }
    if ((long) width * TILE * content.bytesPerPixel() > Rasters.LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "TIFF of %s: expected at most %d columns, found %d"
              .formatted(content, Rasters.LARGEST_ARRAY / TILE / content.bytesPerPixel(), width));
    }
    long tiles = ((width - 1L) / TILE + 1) * ((height - 1L) / TILE + 1);
    if (tiles > MAX_TILES) {
      throw new IllegalArgumentException(
          "TIFF of %d×%d: expected at most %d tiles, found %d"
              .formatted(width, height, MAX_TILES, tiles));
    }
    if (micronsPerPixel.isPresent()
        && !(micronsPerPixel.getAsDouble() > 0 && micronsPerPixel.getAsDouble() < 1e9)) {
      throw new IllegalArgumentException(
          "TIFF: expected the microns per pixel to be a positive number, found "
              + micronsPerPixel.getAsDouble());
    }
  }

  /** One level and no size of a pixel. */
  public static TiffLayout of(int width, int height, TiffContent content) {
    return new TiffLayout(width, height, content, false, OptionalDouble.empty());
  }

  /** The same with samples that mean something else. */
  public TiffLayout withContent(TiffContent newContent) {
    return new TiffLayout(width, height, newContent, pyramid, micronsPerPixel);
  }

  /** The same with a pyramid of smaller levels. */
  public TiffLayout withPyramid() {
    return new TiffLayout(width, height, content, true, micronsPerPixel);
  }

  /** The same with a size of a pixel, or without one. */
  public TiffLayout withMicronsPerPixel(OptionalDouble microns) {
    return new TiffLayout(width, height, content, pyramid, microns);
  }
}
