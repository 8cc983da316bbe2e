package io.semimoe.inference;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;

/**
 * Draws the outlines of objects onto an image.
 *
 * <p>The outline lies inside an object: its pixels within a given distance of a pixel that has
 * another label. Where an object leaves the image it has no outline.
 *
 * @param red red of the outline, 0..255
 * @param green green of the outline, 0..255
 * @param blue blue of the outline, 0..255
 * @param thickness thickness of the outline in pixels, at least 1
 */
public record Overlay(int red, int green, int blue, int thickness) {

  /** Two pixels of a green that neither haematoxylin nor eosin has. */
  public static final Overlay DEFAULT = new Overlay(0, 230, 60, 2);

  /**
   * Checks colour and thickness.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Overlay {
    if (((red | green | blue) & ~0xff) != 0) {
      throw new IllegalArgumentException(
          "expected a colour of three numbers in 0..255, found "
              + String.join(", ", "" + red, "" + green, "" + blue));
    }
    if (thickness < 1) {
      throw new IllegalArgumentException(
          "expected a thickness of at least 1 pixel, found " + thickness);
    }
  }

  /**
   * Draws the outlines of all objects.
   *
   * @param image image to draw on, which stays as it is
   * @param objects mask or instance map of the same size, 0 = background
   * @return a new image
   * @throws IllegalArgumentException if the sizes differ
   */
  public RgbImage draw(RgbImage image, LabelMap objects) {
    int width = image.width();
    int height = image.height();
    if (objects.width() != width || objects.height() != height) {
      throw new IllegalArgumentException(
          String.format(
              "expected a mask of the image's size %d×%d, found %d×%d",
              width, height, objects.width(), objects.height()));
    }
    byte[] out = image.rgb().clone();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (isOutline(objects, x, y)) {
          int at = (y * width + x) * 3;
          out[at] = (byte) red;
          out[at + 1] = (byte) green;
          out[at + 2] = (byte) blue;
        }
      }
    }
    return new RgbImage(width, height, out);
  }

  /** Whether another label lies within the thickness, counted in steps to the four neighbours. */
  private boolean isOutline(LabelMap objects, int x, int y) {
    int label = objects.label(x, y);
    if (label == 0) {
      return false;
    }
    for (int dy = -thickness; dy <= thickness; dy++) {
      int reach = thickness - Math.abs(dy);
      for (int dx = -reach; dx <= reach; dx++) {
        int nx = x + dx;
        int ny = y + dy;
        if (nx >= 0
            && ny >= 0
            && nx < objects.width()
            && ny < objects.height()
            && objects.label(nx, ny) != label) {
          return true;
        }
      }
    }
    return false;
  }
}
