package io.semimoe.dataset.field;

import java.awt.Rectangle;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Where in an image fields of S x S pixels lie. */
final class FieldGrid {
  /** Hundredths of a pixel by which scaling may move the sides of a region. */
  private static final double SLACK = 0.01;

  private FieldGrid() {}

  /**
   * Returns fields that cover a region from side to side: as few in a row as that takes, which
   * share equally what there is too much of them. Those that are not wholly in the region are left
   * out.
   */
  static List<Rectangle> covering(Area region, int size) {
    Rectangle2D box = region.getBounds2D();
    List<Rectangle> fields = new ArrayList<>();
    int[] columns = positions(box.getMinX(), box.getMaxX(), size);
    for (int y : positions(box.getMinY(), box.getMaxY(), size)) {
      for (int x : columns) {
        if (region.contains(x + SLACK, y + SLACK, size - 2 * SLACK, size - 2 * SLACK)) {
          fields.add(new Rectangle(x, y, size, size));
        }
      }
    }
    return fields;
  }

  private static int[] positions(double from, double to, int size) {
    int first = (int) Math.ceil(from - SLACK);
    int length = (int) Math.floor(to + SLACK) - first;
    if (length < size) {
      return new int[0];
    }
    int count = (length + size - 1) / size;
    int[] positions = new int[count];
    for (int i = 1; i < count; i++) {
      positions[i] = (int) ((long) i * (length - size) / (count - 1));
    }
    for (int i = 0; i < count; i++) {
      positions[i] += first;
    }
    return positions;
  }

  /** Returns the fields side by side that are wholly in an image, from its top left corner. */
  static List<Rectangle> sideBySide(int width, int height, int size) {
    List<Rectangle> fields = new ArrayList<>();
    for (int y = 0; y <= height - size; y += size) {
      for (int x = 0; x <= width - size; x += size) {
        fields.add(new Rectangle(x, y, size, size));
      }
    }
    return fields;
  }
}
