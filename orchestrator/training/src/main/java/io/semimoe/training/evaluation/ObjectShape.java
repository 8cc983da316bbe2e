package io.semimoe.training.evaluation;

import com.google.common.primitives.ImmutableIntArray;

/** The pixels of one object as runs along the rows, and those of them that lie at its edge. */
final class ObjectShape {
  private final LabelledObjects objects;
  private final int object;

  /** Triples: row, first column, last column; from top to bottom, from left to right. */
  private final ImmutableIntArray runs;

  /** Pairs: column, row of the pixels that have a 4-neighbour outside; in the runs' order. */
  private final ImmutableIntArray edge;

  ObjectShape(LabelledObjects objects, int object) {
    this.objects = objects;
    this.object = object;
    LabelledObjects.Box box = objects.box(object);
    ImmutableIntArray.Builder runsBuilder = ImmutableIntArray.builder();
    ImmutableIntArray.Builder edgeBuilder = ImmutableIntArray.builder();
    for (int y = box.top(); y <= box.bottom(); y++) {
      for (int x = box.left(); x <= box.right(); x++) {
        if (!contains(x, y)) {
          continue;
        }
        boolean first = x == box.left() || !contains(x - 1, y);
        boolean last = x == box.right() || !contains(x + 1, y);
        if (first) {
          runsBuilder.add(y).add(x);
        }
        if (last) {
          runsBuilder.add(x);
        }
        if (first
            || last
            || y == box.top()
            || y == box.bottom()
            || !contains(x, y - 1)
            || !contains(x, y + 1)) {
          edgeBuilder.add(x).add(y);
        }
      }
    }
    runs = runsBuilder.build();
    edge = edgeBuilder.build();
  }

  LabelledObjects.Box box() {
    return objects.box(object);
  }

  boolean contains(int x, int y) {
    return objects.contains(object, x, y);
  }

  int runCount() {
    return runs.length() / 3;
  }

  int runRow(int run) {
    return runs.get(3 * run);
  }

  int runFirst(int run) {
    return runs.get(3 * run + 1);
  }

  int runLast(int run) {
    return runs.get(3 * run + 2);
  }

  int edgeCount() {
    return edge.length() / 2;
  }

  int edgeColumn(int pixel) {
    return edge.get(2 * pixel);
  }

  int edgeRow(int pixel) {
    return edge.get(2 * pixel + 1);
  }
}
