package io.semimoe.inference.object;

/**
 * A rectangle of pixels.
 *
 * @param x leftmost column
 * @param y topmost row
 * @param width number of columns, at least 1
 * @param height number of rows, at least 1
 */
public record PixelBox(int x, int y, int width, int height) {

  /**
   * Checks the rectangle.
   *
   * @throws IllegalArgumentException if it is empty or begins left of or above the image
   */
  public PixelBox {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          String.format(
              "expected a box of at least 1×1 pixels within the image, found %d×%d at (%d, %d)",
              width, height, x, y));
    }
  }
}
