package io.semimoe.inference.object;

import java.util.Arrays;

/**
 * The basins of a {@link Watershed}, numbered from 1, and which of them have become one.
 *
 * <p>Two basins that meet are different objects if the place where they meet lies deep enough below
 * the lower of their peaks and both are large enough there; otherwise they become one. Levels only
 * fall and areas only grow, so that basins that once were different stay so.
 */
final class Basins {
  /**
   * Meeting places below this level count as this high, so that the noise of a distance map about 0
   * makes no objects.
   */
  private static final int FLOOR = Math.round(0.04f * Samples.DISTANCE_STEPS);

  private final double neck;
  private final long minimumArea;
  private int count;
  private int[] parent = new int[16];
  private int[] peak = new int[16];
  private int[] area = new int[16];

  /**
   * No basins yet.
   *
   * @param depth least depth of a meeting place below the lower peak, as a share of that peak's
   *     level, for basins to stay apart
   * @param minimumArea least area of both for basins to stay apart
   */
  Basins(double depth, long minimumArea) {
    neck = 1 - depth;
    this.minimumArea = minimumArea;
  }

  /** A new basin without pixels; no earlier one has a lower peak. */
  int add(int level) {
    count++;
    if (count == parent.length) {
      parent = Arrays.copyOf(parent, 2 * count);
      peak = Arrays.copyOf(peak, 2 * count);
      area = Arrays.copyOf(area, 2 * count);
    }
    parent[count] = count;
    peak[count] = level;
    return count;
  }

  /** Counts one more pixel of a basin. */
  void grow(int basin) {
    area[root(basin)]++;
  }

  /** Two basins meet at a level that is not above their peaks. */
  void meet(int a, int b, int level) {
    int rootA = root(a);
    int rootB = root(b);
    if (rootA == rootB) {
      return;
    }
    boolean apart =
        Math.max(level, FLOOR) <= neck * Math.min(peak[rootA], peak[rootB])
            && Math.min(area[rootA], area[rootB]) >= minimumArea;
    if (!apart) {
      // Basins are added from the highest peak down, so that the smaller number has the higher one.
      int root = Math.min(rootA, rootB);
      int other = Math.max(rootA, rootB);
      parent[other] = root;
      area[root] += area[other];
    }
  }

  /** The basin that stands for all that have become one with this. */
  int root(int basin) {
    int i = basin;
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }

  /** Greatest number of a basin. */
  int count() {
    return count;
  }
}
