package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.raster.DistanceTransform;
import io.semimoe.dataset.raster.LabelMap;

/** How far each pixel lies from the edge of its region, glands and background alike. */
final class Depth {
  private final int width;
  private final int height;
  private final float[] depth;

  Depth(LabelMap map) {
    width = map.width();
    height = map.height();
    depth = new float[width * height];
    // The nearest edge pixel of all is never beyond the region's own edge.
    int[] squared = DistanceTransform.squaredToForeground(edges(map));
    for (int i = 0; i < depth.length; i++) {
      depth[i] = 1 + (float) Math.min(width + height, Math.sqrt(squared[i]));
    }
  }

  /** Returns 1 where a horizontal or vertical neighbour has another label. */
  private static LabelMap edges(LabelMap map) {
    int width = map.width();
    int[] labels = map.labels();
    int[] edges = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (i % width > 0 && labels[i] != labels[i - 1]) {
        edges[i] = 1;
        edges[i - 1] = 1;
      }
      if (i >= width && labels[i] != labels[i - width]) {
        edges[i] = 1;
        edges[i - width] = 1;
      }
    }
    return new LabelMap(width, map.height(), edges);
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
}
