package io.semimoe.dataset.target;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Morphology;
import java.util.stream.IntStream;

/**
 * The boundary of glands as a mask: the outer ring {@code dilate(m, disk of radius 2) minus m},
 * with the 13-pixel disk of scikit-image.
 */
public final class BoundaryTarget {
  /** Radius of the disk in pixels. */
  private static final int RADIUS = 2;

  private BoundaryTarget() {}

  /**
   * The boundary of all objects.
   *
   * @param map an instance map; for {@link TargetMode#UNION} a mask is as good
   * @return a new mask with the values 0 and 1
   */
  public static LabelMap of(LabelMap map, TargetMode mode) {
    return switch (mode) {
      case UNION -> union(map);
      case INSTANCES -> instances(map);
    };
  }

  private static LabelMap union(LabelMap map) {
    int[] labels = map.labels();
    int[] out = Morphology.dilate(map, RADIUS).labels();
    for (int i = 0; i < out.length; i++) {
      if (labels[i] != 0) {
        out[i] = 0;
      }
    }
    return new LabelMap(map.width(), map.height(), out);
  }

  /**
   * A pixel is in the ring of some object other than its own exactly if another object's pixel lies
   * within the disk around it; so one pass does for any number of objects.
   */
  private static LabelMap instances(LabelMap map) {
    int width = map.width();
    int height = map.height();
    int[] labels = map.labels();
    int[] around = diskOffsets(width);
    int[] out = new int[labels.length];
    for (int y = 0; y < height; y++) {
      boolean innerRow = y >= RADIUS && y < height - RADIUS;
      for (int x = 0; x < width; x++) {
        boolean inner = innerRow && x >= RADIUS && x < width - RADIUS;
        int i = y * width + x;
        boolean ring = inner ? seesAnother(labels, i, around) : seesAnotherAtBorder(map, x, y);
        out[i] = ring ? 1 : 0;
      }
    }
    return new LabelMap(width, height, out);
  }

  /** The disk as differences of pixel indices. */
  private static int[] diskOffsets(int width) {
    IntStream.Builder offsets = IntStream.builder();
    for (int dy = -RADIUS; dy <= RADIUS; dy++) {
      for (int dx = -RADIUS; dx <= RADIUS; dx++) {
        if (dx * dx + dy * dy <= RADIUS * RADIUS) {
          offsets.add(dy * width + dx);
        }
      }
    }
    return offsets.build().toArray();
  }

  private static boolean seesAnother(int[] labels, int index, int[] around) {
    int own = labels[index];
    for (int offset : around) {
      int label = labels[index + offset];
      if (label != own && label != 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean seesAnotherAtBorder(LabelMap map, int x, int y) {
    int own = map.label(x, y);
    for (int dy = -RADIUS; dy <= RADIUS; dy++) {
      for (int dx = -RADIUS; dx <= RADIUS; dx++) {
        int column = x + dx;
        int row = y + dy;
        boolean exists = column >= 0 && column < map.width() && row >= 0 && row < map.height();
        if (exists && dx * dx + dy * dy <= RADIUS * RADIUS) {
          int label = map.label(column, row);
          if (label != own && label != 0) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
