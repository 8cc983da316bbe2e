package io.semimoe.training.evaluation;

import io.semimoe.training.evaluation.LabelledObjects.Box;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Exact Hausdorff distances between the filled pixel sets of the objects of two maps.
 *
 * <p>H(A, B) = max(h(A, B), h(B, A)), in pixels between pixel centres, see {@link
 * DirectedDistance}. Pairs are remembered, since matches are mostly mutual.
 */
final class ObjectDistances {
  /** No limit: more than any squared distance in a map. */
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final List<ObjectShape> first;
  private final List<ObjectShape> second;
  private final Map<Long, Integer> known = new HashMap<>();

  ObjectDistances(LabelledObjects first, LabelledObjects second) {
    this.first = shapes(first);
    this.second = shapes(second);
  }

  /** Hausdorff distance of an object of the first map and one of the second. */
  double between(int firstObject, int secondObject) {
    return Math.sqrt(
        known.computeIfAbsent(
            (long) firstObject << Integer.SIZE | secondObject,
            unused -> squared(first.get(firstObject), second.get(secondObject), NO_LIMIT)));
  }

  /** Distance to the nearest object of the second map; infinite if it has none. */
  double nearestToFirst(int firstObject) {
    return nearest(first.get(firstObject), second);
  }

  /** Distance to the nearest object of the first map; infinite if it has none. */
  double nearestToSecond(int secondObject) {
    return nearest(second.get(secondObject), first);
  }

  private static double nearest(ObjectShape shape, List<ObjectShape> candidates) {
    Box box = shape.box();
    List<ObjectShape> nearestFirst =
        candidates.stream()
            .sorted(Comparator.comparingInt(candidate -> box.sideDistance(candidate.box())))
            .toList();
    int nearest = NO_LIMIT;
    for (ObjectShape candidate : nearestFirst) {
      int bound = box.sideDistance(candidate.box());
      if (bound * bound >= nearest) {
        break;
      }
      nearest = Math.min(nearest, squared(shape, candidate, nearest));
    }
    return candidates.isEmpty() ? Double.POSITIVE_INFINITY : Math.sqrt(nearest);
  }

  /** The squared distance if it is below the limit, otherwise a number that is not below it. */
  private static int squared(ObjectShape a, ObjectShape b, int limit) {
    boolean larger = a.runCount() > b.runCount();
    int forward = DirectedDistance.squared(larger ? a : b, larger ? b : a, limit);
    return forward >= limit
        ? forward
        : Math.max(forward, DirectedDistance.squared(larger ? b : a, larger ? a : b, limit));
  }

  private static List<ObjectShape> shapes(LabelledObjects objects) {
    return IntStream.range(0, objects.count())
        .mapToObj(object -> new ObjectShape(objects, object))
        .toList();
  }
}
