package io.semimoe.cli.predict;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;

/**
 * Draws the outlines of objects onto an image.
 *
 * <p>The outline lies inside an object: its pixels within a given distance of a pixel that has
 * another label. Where an object leaves the image it has no outline.
 */
final class Overlay {
  /** A green that neither haematoxylin nor eosin has. */
  private static final byte[] COLOUR = {0, (byte) 230, 60};

  /** Thickness of the outline in pixels. */
  private static final int THICKNESS = 2;

  private Overlay() {}

  /**
   * Draws the outlines of all objects.
   *
   * @param image image to draw on, which stays as it is
   * @param objects mask or instance map of the same size, 0 = background
   * @return a new image
   */
  static RgbImage draw(RgbImage image, LabelMap objects) {
    int width = image.width();
    int height = image.height();
    byte[] out = image.rgb().clone();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (isOutline(objects, x, y)) {
          System.arraycopy(COLOUR, 0, out, (y * width + x) * 3, 3);
        }
      }
    }
    return new RgbImage(width, height, out);
  }

  /** Whether another label lies within the thickness, counted in steps to the four neighbours. */
  private static boolean isOutline(LabelMap objects, int x, int y) {
    int label = objects.label(x, y);
    if (label == 0) {
      return false;
    }
    for (int dy = -THICKNESS; dy <= THICKNESS; dy++) {
      int reach = THICKNESS - Math.abs(dy);
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
