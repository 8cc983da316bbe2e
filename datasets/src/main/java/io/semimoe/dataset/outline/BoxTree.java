package io.semimoe.dataset.outline;

import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Boxes, halved again and again by where they lie: those that meet a rectangle are found without a
 * look at most of the others.
 */
final class BoxTree {
  /** So many are looked at one by one. */
  private static final int FEW = 8;

  private final List<Rectangle2D> boxes;
  private final Group all;

  /** Some of the boxes, by their indices, and the sides of all of them together. */
  private record Group(
      double left, double top, double right, double bottom, List<Integer> few, List<Group> halves) {
    boolean meets(Rectangle place) {
      return right > place.getMinX()
          && bottom > place.getMinY()
          && left < place.getMaxX()
          && top < place.getMaxY();
    }
  }

  BoxTree(List<Rectangle2D> boxes) {
    this.boxes = List.copyOf(boxes);
    this.all = group(IntStream.range(0, boxes.size()).boxed().toList());
  }

  private Group group(List<Integer> indices) {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int index : indices) {
      Rectangle2D box = boxes.get(index);
      left = Math.min(left, box.getMinX());
      top = Math.min(top, box.getMinY());
      right = Math.max(right, box.getMaxX());
      bottom = Math.max(bottom, box.getMaxY());
    }
    int count = indices.size();
    if (count <= FEW) {
      return new Group(left, top, right, bottom, indices, List.of());
    }
    boolean wide = right - left > bottom - top;
    List<Integer> sorted =
        indices.stream()
            .sorted(
                Comparator.comparingDouble(
                    index -> wide ? boxes.get(index).getCenterX() : boxes.get(index).getCenterY()))
            .toList();
    return new Group(
        left,
        top,
        right,
        bottom,
        List.of(),
        List.of(group(sorted.subList(0, count / 2)), group(sorted.subList(count / 2, count))));
  }

  /** Returns the indices, ascending, of the boxes whose insides meet that of a rectangle. */
  int[] meeting(Rectangle place) {
    IntStream.Builder found = IntStream.builder();
    collect(all, place, found);
    return found.build().sorted().toArray();
  }

  private void collect(Group group, Rectangle place, IntStream.Builder found) {
    if (!group.meets(place)) {
      return;
    }
    for (int index : group.few()) {
      if (boxes.get(index).intersects(place)) {
        found.add(index);
      }
    }
    group.halves().forEach(half -> collect(half, place, found));
  }
}
