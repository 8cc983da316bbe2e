package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;

/**
 * How far each pixel lies from the edge of its region, glands and background alike. Distances are
 * measured along the eight directions of the grid, which is near enough to paint by.
 */
final class Depth {
  private static final float DIAGONAL = 1.4142135f;

  private final int width;
  private final int height;
  private final float[] depth;

  Depth(LabelMap map) {
    width = map.width();
    height = map.height();
    depth = new float[width * height];
    Arrays.fill(depth, width + height);
    int[] labels = map.labels();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        if (x > 0 && labels[i] != labels[i - 1]) {
          depth[i] = 1;
          depth[i - 1] = 1;
        }
        if (y > 0 && labels[i] != labels[i - width]) {
          depth[i] = 1;
          depth[i - width] = 1;
        }
      }
    }
    sweep(1);
    sweep(-1);
  }

  /** Returns the depth of a pixel; pixels at the edge have 1. */
  float at(int pixel) {
    return depth[pixel];
  }

  /** Returns the direction in which the depth grows fastest, in radians. */
  double inward(int pixel) {
    int x = pixel % width;
    int y = pixel / width;
    double dx = at(Math.min(width - 1, x + 2), y) - at(Math.max(0, x - 2), y);
    double dy = at(x, Math.min(height - 1, y + 2)) - at(x, Math.max(0, y - 2));
    return StrictMath.atan2(dy, dx);
  }

  private double at(int x, int y) {
    return depth[y * width + x];
  }

  private void sweep(int step) {
    int first = step > 0 ? 0 : width * height - 1;
    for (int n = 0, i = first; n < width * height; n++, i += step) {
      int x = i % width;
      int back = step > 0 ? x : width - 1 - x;
      boolean notFirstRow = n >= width;
      if (back > 0) {
        shorten(i, i - step, 1);
      }
      if (notFirstRow) {
        shorten(i, i - step * width, 1);
        if (back > 0) {
          shorten(i, i - step * width - step, DIAGONAL);
        }
        if (back < width - 1) {
          shorten(i, i - step * width + step, DIAGONAL);
        }
      }
    }
  }

  private void shorten(int pixel, int neighbour, float way) {
    depth[pixel] = Math.min(depth[pixel], depth[neighbour] + way);
  }
}
