package io.semimoe.dataset.raster;

/** What all raster types share: how large they may be, and the checks of their arguments. */
public final class Rasters {
  /** Most elements of a Java array, on every virtual machine. */
  public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Rasters() {}

  /** Checks a raster's sides and that its array holds exactly all samples. */
  static void checkArray(String what, int width, int height, int samplesPerPixel, int length) {
    checkSides(what, width, height);
    long expected = (long) width * height * samplesPerPixel;
    if (expected != length) {
      throw new IllegalArgumentException(
          what
              + " of "
              + width
              + "×"
              + height
              + " pixels: expected an array of "
              + expected
              + " samples, found "
              + length);
    }
  }

  /** Checks that both sides are positive and that the raster fits a Java array. */
  static void checkSides(String what, int width, int height) {
    checkNotEmpty(what, width, height);
    if ((long) width * height * 3 > LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          what + ": " + width + "×" + height + " pixels are too many for one array; use tiles");
    }
  }

  /** Checks that both sides are positive, as those of an image must be that is read in parts. */
  static void checkNotEmpty(String what, int width, int height) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          what + ": expected a width and a height of at least 1, found " + width + "×" + height);
    }
  }

  /** Checks that the rectangle lies within a raster of the given sides. */
  static void checkCrop(int width, int height, int x, int y, int cropWidth, int cropHeight) {
    checkSides("crop", cropWidth, cropHeight);
    if (x < 0 || y < 0 || (long) x + cropWidth > width || (long) y + cropHeight > height) {
      throw new IllegalArgumentException(
          "crop of "
              + cropWidth
              + "×"
              + cropHeight
              + " at ("
              + x
              + ", "
              + y
              + ") leaves the raster of "
              + width
              + "×"
              + height);
    }
  }

  /** Index of the pixel (x, y), or an error that names the raster's sides. */
  static int index(int width, int height, int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new IndexOutOfBoundsException(
          "pixel (" + x + ", " + y + ") of a raster of " + width + "×" + height);
    }
    return y * width + x;
  }

  /**
   * Pixels of a side that becomes {@code scale} times as long; at least 1.
   *
   * @throws IllegalArgumentException if the scale is not above 0, or the side would be too long
   */
  static int scaledSide(int side, double scale) {
    double scaled = Math.max(1, Math.rint(side * scale));
    if (!(scale > 0 && scaled <= Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          String.format("%d pixels cannot be scaled by %s", side, scale));
    }
    return (int) scaled;
  }
}
