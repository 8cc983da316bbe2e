package io.semimoe.dataset.outline;

import io.semimoe.dataset.raster.LabelMap;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Fills shapes row by row. Java 2D could paint them, but with corners rounded to a thousandth of a
 * pixel and sides that are off by more, so that pixels at a side are not always on the right one.
 */
final class ScanLines {
  /** How far the sides of a curve may be from it, in pixels. */
  private static final double FLATNESS = 0.01;

  /** Where a side of a shape crosses the line through the centres of a row of pixels. */
  private record Crossing(int row, double x) {}

  private final Rectangle place;
  private final int[] labels;

  /** Begins with an empty rectangle of an image. */
  ScanLines(Rectangle place) {
    this.place = place;
    this.labels = new int[place.width * place.height];
  }

  /** Returns what was filled so far. */
  LabelMap labels() {
    return new LabelMap(place.width, place.height, labels);
  }

  /** Gives a label to the pixels whose centres are in a shape, whatever theirs was before. */
  void fill(Shape shape, int label) {
    List<Crossing> crossings = crossings(shape);
    crossings.sort(Comparator.comparingInt(Crossing::row).thenComparingDouble(Crossing::x));
    // Rings are closed, so each row is crossed an even number of times.
    for (int i = 0; i < crossings.size(); i += 2) {
      int row = crossings.get(i).row() * place.width;
      int end = firstCentre(crossings.get(i + 1).x() - place.x, place.width);
      for (int x = firstCentre(crossings.get(i).x() - place.x, place.width); x < end; x++) {
        labels[row + x] = label;
      }
    }
  }

  private List<Crossing> crossings(Shape shape) {
    List<Crossing> crossings = new ArrayList<>();
    double[] point = new double[2];
    double[] first = new double[2];
    double[] last = new double[2];
    for (PathIterator path = shape.getPathIterator(null, FLATNESS); !path.isDone(); path.next()) {
      switch (path.currentSegment(point)) {
        case PathIterator.SEG_MOVETO -> {
          addCrossings(crossings, last, first);
          first = point.clone();
        }
        case PathIterator.SEG_LINETO -> addCrossings(crossings, last, point);
        default -> {
          addCrossings(crossings, last, first);
          point = first.clone();
        }
      }
      last = point.clone();
    }
    addCrossings(crossings, last, first);
    return crossings;
  }

  private void addCrossings(List<Crossing> crossings, double[] from, double[] to) {
    double[] upper = from[1] < to[1] ? from : to;
    double[] lower = from[1] < to[1] ? to : from;
    int end = firstCentre(lower[1] - place.y, place.height);
    for (int row = firstCentre(upper[1] - place.y, place.height); row < end; row++) {
      double down = (place.y + row + 0.5 - upper[1]) / (lower[1] - upper[1]);
      crossings.add(new Crossing(row, upper[0] + down * (lower[0] - upper[0])));
    }
  }

  /** Returns the first pixel whose centre is not before a place; one of 0 to {@code count}. */
  private static int firstCentre(double place, int count) {
    return (int) Math.max(0, Math.min(count, Math.ceil(place - 0.5)));
  }
}
