package io.semimoe.dataset.field;

import java.awt.Rectangle;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Where in an image fields of S x S pixels lie. */
final class FieldGrid {
  /** Pixels by which scaling may move the sides of a region. */
  private static final double ROUNDING = 0.01;

  /** The share of its side by which a field may leave a region: those who draw it do no better. */
  private static final double OUTSIDE = 0.01;

  /** The share of a field's side between places that are tried. */
  private static final int TRIES = 32;

  private final Area region;
  private final int size;

  private FieldGrid(Area region, int size) {
    this.region = region;
    this.size = size;
  }

  /**
   * Returns fields that cover a region as far as whole fields can: in rows from top to bottom, and
   * in each row from side to side. As few are taken as that needs, evenly spaced, so that they
   * overlap where the lengths are no multiples of theirs. Each lies in the region but for a
   * hundredth of its side.
   */
  static List<Rectangle> covering(Area region, int size) {
    return new FieldGrid(region, size).covering();
  }

  private List<Rectangle> covering() {
    Rectangle2D box = region.getBounds2D();
    int top = first(box.getMinY());
    List<Rectangle> fields = new ArrayList<>();
    for (int y : spaced(top, last(box.getMaxY()) - top)) {
      addRow(fields, y, first(box.getMinX()), last(box.getMaxX()));
    }
    return fields;
  }

  private static int first(double side) {
    return (int) Math.ceil(side - ROUNDING);
  }

  /** Returns the last place of a field that ends at {@code side}. */
  private int last(double side) {
    return (int) Math.floor(side + ROUNDING) - size;
  }

  private void addRow(List<Rectangle> fields, int y, int left, int right) {
    int step = Math.max(1, size / TRIES);
    int start = -1;
    int end = -1;
    for (int x = left; x <= right; x = x == right ? right + 1 : Math.min(x + step, right)) {
      if (holds(x, y)) {
        start = start < 0 ? x : start;
        end = x;
      } else {
        addRun(fields, y, start, end);
        start = -1;
      }
    }
    addRun(fields, y, start, end);
  }

  private void addRun(List<Rectangle> fields, int y, int start, int end) {
    if (start >= 0) {
      for (int x : spaced(start, end - start)) {
        if (holds(x, y)) {
          fields.add(new Rectangle(x, y, size, size));
        }
      }
    }
  }

  private boolean holds(int x, int y) {
    double margin = Math.max(ROUNDING, OUTSIDE * size);
    double side = size - 2 * margin;
    return region.contains(x + margin, y + margin, side, side);
  }

  /**
   * Returns places from {@code first} to {@code length} beyond it, no further apart than fields.
   */
  private int[] spaced(int first, int length) {
    if (length < 0) {
      return new int[0];
    }
    int gaps = (length + size - 1) / size;
    int[] places = new int[gaps + 1];
    for (int i = 0; i <= gaps; i++) {
      places[i] = first + (gaps == 0 ? 0 : (int) ((long) i * length / gaps));
    }
    return places;
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
