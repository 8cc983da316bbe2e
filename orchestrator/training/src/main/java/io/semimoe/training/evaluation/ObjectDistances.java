package io.semimoe.training.evaluation;

import io.semimoe.dataset.raster.DistanceTransform;
import io.semimoe.training.evaluation.LabelledObjects.Box;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Exact Hausdorff distances between the filled pixel sets of the objects of two maps.
 *
 * <p>H(A, B) = max(max over a in A of d(a, B), max over b in B of d(b, A)), d the Euclidean
 * distance of pixel centres. The distances come from exact distance transforms of the box around
 * both objects: the nearest pixel of either lies in it. Pairs are remembered, since matches are
 * mostly mutual.
 */
final class ObjectDistances {
  private final LabelledObjects first;
  private final LabelledObjects second;
  private final Map<Long, Double> known = new HashMap<>();

  ObjectDistances(LabelledObjects first, LabelledObjects second) {
    this.first = first;
    this.second = second;
  }

  /** Hausdorff distance in pixels of an object of the first map and one of the second. */
  double between(int firstObject, int secondObject) {
    long key = (long) firstObject << Integer.SIZE | secondObject;
    return known.computeIfAbsent(
        key,
        unused -> {
          Box box = first.box(firstObject).union(second.box(secondObject));
          return Math.sqrt(
              Math.max(
                  squaredDirected(first, firstObject, second, secondObject, box),
                  squaredDirected(second, secondObject, first, firstObject, box)));
        });
  }

  /** Distance to the nearest object of the second map; infinite if it has none. */
  double nearestToFirst(int firstObject) {
    Box box = first.box(firstObject);
    double nearest = Double.POSITIVE_INFINITY;
    for (int candidate : byBound(box, second)) {
      if (box.sideDistance(second.box(candidate)) >= nearest) {
        break;
      }
      nearest = Math.min(nearest, between(firstObject, candidate));
    }
    return nearest;
  }

  /** As {@link #nearestToFirst} with the maps exchanged. */
  double nearestToSecond(int secondObject) {
    Box box = second.box(secondObject);
    double nearest = Double.POSITIVE_INFINITY;
    for (int candidate : byBound(box, first)) {
      if (box.sideDistance(first.box(candidate)) >= nearest) {
        break;
      }
      nearest = Math.min(nearest, between(candidate, secondObject));
    }
    return nearest;
  }

  /** All objects, those that can be nearest first. */
  private static int[] byBound(Box box, LabelledObjects candidates) {
    return IntStream.range(0, candidates.count())
        .boxed()
        .sorted(Comparator.comparingInt(k -> box.sideDistance(candidates.box(k))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Greatest squared distance of a pixel of {@code from} to the nearest pixel of {@code to}. */
  private static int squaredDirected(
      LabelledObjects from, int fromObject, LabelledObjects to, int toObject, Box box) {
    if (isInside(from, fromObject, to, toObject)) {
      return 0;
    }
    int[] squared = DistanceTransform.squaredToForeground(to.mask(toObject, box));
    Box pixels = from.box(fromObject);
    int greatest = 0;
    for (int y = pixels.top(); y <= pixels.bottom(); y++) {
      for (int x = pixels.left(); x <= pixels.right(); x++) {
        if (from.contains(fromObject, x, y)) {
          int at = (y - box.top()) * box.width() + x - box.left();
          greatest = Math.max(greatest, squared[at]);
        }
      }
    }
    return greatest;
  }

  private static boolean isInside(
      LabelledObjects inner, int innerObject, LabelledObjects outer, int outerObject) {
    Box pixels = inner.box(innerObject);
    for (int y = pixels.top(); y <= pixels.bottom(); y++) {
      for (int x = pixels.left(); x <= pixels.right(); x++) {
        if (inner.contains(innerObject, x, y) && !outer.contains(outerObject, x, y)) {
          return false;
        }
      }
    }
    return true;
  }
}
