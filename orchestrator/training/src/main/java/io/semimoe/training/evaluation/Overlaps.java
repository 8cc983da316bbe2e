package io.semimoe.training.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Numbers of common pixels of the objects of two maps, and each object's best match. */
final class Overlaps {
  /** Match of an object that no object of the other map touches. */
  static final int NO_MATCH = -1;

  private final Map<Long, Long> pixels;
  private final Matches firstMatches;
  private final Matches secondMatches;

  /** Counts in one pass over both maps, which have the same size. */
  Overlaps(LabelledObjects first, LabelledObjects second) {
    pixels = count(first.indices(), second.indices());
    firstMatches = new Matches(first.count());
    secondMatches = new Matches(second.count());
    pixels.forEach(
        (key, common) -> {
          int i = (int) (key >>> Integer.SIZE);
          int j = (int) (long) key;
          firstMatches.offer(i, j, common);
          secondMatches.offer(j, i, common);
        });
  }

  /** Common pixels of an object of the first map and one of the second. */
  long common(int first, int second) {
    return pixels.getOrDefault(key(first, second), 0L);
  }

  /**
   * The object of the second map that covers most pixels of an object of the first, the one with
   * the smallest label on ties, or {@link #NO_MATCH}.
   */
  int matchOfFirst(int first) {
    return firstMatches.best[first];
  }

  /** As {@link #matchOfFirst} with the maps exchanged. */
  int matchOfSecond(int second) {
    return secondMatches.best[second];
  }

  /** Counts run by run, so that the table is touched once per run and not once per pixel. */
  private static Map<Long, Long> count(int[] first, int[] second) {
    Map<Long, Long> counts = new HashMap<>();
    int start = 0;
    for (int i = 1; i <= first.length; i++) {
      if (i == first.length || first[i] != first[start] || second[i] != second[start]) {
        if (first[start] != LabelledObjects.BACKGROUND
            && second[start] != LabelledObjects.BACKGROUND) {
          counts.merge(key(first[start], second[start]), (long) (i - start), Long::sum);
        }
        start = i;
      }
    }
    return counts;
  }

  private static long key(int first, int second) {
    return (long) first << Integer.SIZE | second;
  }

  /** The best candidate seen so far for each object; the result is independent of their order. */
  private static final class Matches {
    final int[] best;
    private final long[] bestCommon;

    Matches(int objects) {
      best = new int[objects];
      bestCommon = new long[objects];
      Arrays.fill(best, NO_MATCH);
    }

    void offer(int object, int candidate, long common) {
      if (common > bestCommon[object]
          || (common == bestCommon[object] && candidate < best[object])) {
        best[object] = candidate;
        bestCommon[object] = common;
      }
    }
  }
}
