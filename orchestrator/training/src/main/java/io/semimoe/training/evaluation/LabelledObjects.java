package io.semimoe.training.evaluation;

import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;

/**
 * The objects of a label map, numbered from 0 by ascending label, with areas and bounding boxes.
 */
final class LabelledObjects {
  /** Index of a background pixel. */
  static final int BACKGROUND = -1;

  private final int mapWidth;

  /** Object number of each pixel, or {@link #BACKGROUND}. */
  private final int[] indices;

  private final long[] areas;
  private final Box[] boxes;

  /** Finds the objects of a map in two passes over it. */
  LabelledObjects(LabelMap map) {
    mapWidth = map.width();
    int[] distinct = map.distinctLabels();
    int[] labels = map.labels();
    indices = new int[labels.length];
    areas = new long[distinct.length];
    boxes = new Box[distinct.length];
    int[] left = new int[distinct.length];
    int[] top = new int[distinct.length];
    int[] right = new int[distinct.length];
    int[] bottom = new int[distinct.length];
    Arrays.fill(left, Integer.MAX_VALUE);
    Arrays.fill(top, Integer.MAX_VALUE);
    int lastLabel = 0;
    int lastIndex = BACKGROUND;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != lastLabel) {
        lastLabel = labels[i];
        lastIndex = lastLabel == 0 ? BACKGROUND : Arrays.binarySearch(distinct, lastLabel);
      }
      indices[i] = lastIndex;
      if (lastIndex != BACKGROUND) {
        int x = i % mapWidth;
        int y = i / mapWidth;
        areas[lastIndex]++;
        left[lastIndex] = Math.min(left[lastIndex], x);
        top[lastIndex] = Math.min(top[lastIndex], y);
        right[lastIndex] = Math.max(right[lastIndex], x);
        bottom[lastIndex] = Math.max(bottom[lastIndex], y);
      }
    }
    for (int k = 0; k < boxes.length; k++) {
      boxes[k] = new Box(left[k], top[k], right[k], bottom[k]);
    }
  }

  int count() {
    return areas.length;
  }

  /** Number of pixels of an object. */
  long area(int object) {
    return areas[object];
  }

  /** Number of pixels of all objects. */
  long totalArea() {
    return Arrays.stream(areas).sum();
  }

  Box box(int object) {
    return boxes[object];
  }

  /** Object number of each pixel, row-major, or {@link #BACKGROUND}; to be read only. */
  int[] indices() {
    return indices;
  }

  /** Whether a pixel belongs to an object. */
  boolean contains(int object, int x, int y) {
    return indices[y * mapWidth + x] == object;
  }

  /** A rectangle of pixels, all four sides belonging to it. */
  record Box(int left, int top, int right, int bottom) {

    /**
     * The greatest distance between opposite numbers of the four sides. The Hausdorff distance of
     * two sets is never below it: the outermost pixel of the one set towards a side is at least
     * that far from every pixel of the other.
     */
    int sideDistance(Box other) {
      return Math.max(
          Math.max(Math.abs(left - other.left), Math.abs(right - other.right)),
          Math.max(Math.abs(top - other.top), Math.abs(bottom - other.bottom)));
    }
  }
}
