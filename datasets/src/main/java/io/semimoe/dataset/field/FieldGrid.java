package io.semimoe.dataset.field;

import java.awt.Rectangle;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Where in a region fields of S x S pixels lie. */
final class FieldGrid {
  /** Pixels by which scaling may move the sides of a region. */
  private static final double ROUNDING = 0.01;

  /** The share of its side by which a field may leave a region: those who draw it do no better. */
  private static final double OUTSIDE = 0.01;

  /** Places that are tried along the side of a field. */
  private static final int TRIES = 16;

  /** A field is added where one part of its side in so many is new. */
  private static final int NEW = 4;

  private final Area region;
  private final List<Area> ignored;
  private final int size;

  private FieldGrid(Area region, List<Area> ignored, int size) {
    this.region = region;
    this.ignored = ignored;
    this.size = size;
  }

  /**
   * Returns fields that cover a region as far as whole fields can: in rows from the uppermost place
   * where a field fits to the lowest, and in each row from side to side. They are evenly spaced, as
   * few as that takes, so that they overlap where the lengths are no multiples of theirs; where
   * less than a quarter of a field would be new, none is added. Each lies in the region and beside
   * the ignored areas but for a hundredth of its side. The areas are not subtracted from the
   * region: with a thousand of them that takes minutes.
   */
  static List<Rectangle> covering(Area region, List<Area> ignored, int size) {
    Rectangle2D box = region.getBounds2D();
    List<Area> near = ignored.stream().filter(area -> area.intersects(box)).toList();
    return new FieldGrid(region, near, size).covering();
  }

  private List<Rectangle> covering() {
    Rectangle2D box = region.getBounds2D();
    int left = first(box.getMinX());
    int right = last(box.getMaxX());
    List<Rectangle> fields = new ArrayList<>();
    for (int y :
        places(
            first(box.getMinY()),
            last(box.getMaxY()),
            row -> tried(left, right).anyMatch(x -> holds(x, row)))) {
      for (int x : places(left, right, column -> holds(column, y))) {
        fields.add(new Rectangle(x, y, size, size));
      }
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

  /** Returns places along one side, spaced evenly in each stretch where fields fit. */
  private List<Integer> places(int first, int last, IntPredicate fits) {
    List<Integer> places = new ArrayList<>();
    int start = 0;
    int end = -1;
    for (int place : tried(first, last).toArray()) {
      if (fits.test(place)) {
        start = end < start ? place : start;
        end = place;
      } else if (start <= end) {
        addSpaced(places, start, end, fits);
        start = place + 1;
      }
    }
    if (start <= end) {
      addSpaced(places, start, end, fits);
    }
    return places;
  }

  private IntStream tried(int first, int last) {
    int step = Math.max(1, size / TRIES);
    return first > last
        ? IntStream.empty()
        : IntStream.concat(
            IntStream.iterate(first, place -> place < last, place -> place + step),
            IntStream.of(last));
  }

  private void addSpaced(List<Integer> places, int start, int end, IntPredicate fits) {
    int length = end - start;
    int gaps = Math.max(0, (length - size / NEW + size - 1) / size);
    for (int i = 0; i <= gaps; i++) {
      int place = gaps == 0 ? start : start + (int) ((long) i * length / gaps);
      if (fits.test(place)) {
        places.add(place);
      }
    }
  }

  private boolean holds(int x, int y) {
    double margin = Math.max(ROUNDING, OUTSIDE * size);
    double side = size - 2 * margin;
    Rectangle2D inner = new Rectangle2D.Double(x + margin, y + margin, side, side);
    return region.contains(inner) && ignored.stream().noneMatch(area -> area.intersects(inner));
  }
}
