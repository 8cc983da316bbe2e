package io.semimoe.dataset.raster;

/** Connected components of label maps, by union-find over one pass; linear in the pixels. */
public final class ConnectedComponents {
  private ConnectedComponents() {}

  /**
   * Numbers the components of the foreground 1, 2, … in the order of their first pixels, row by
   * row. Labels other than 0 are not told apart: objects that touch become one component.
   *
   * @return a new map whose {@link LabelMap#maxLabel} is the number of components
   */
  public static LabelMap label(LabelMap map, Connectivity connectivity) {
    return pieces(map.foreground(), connectivity);
  }

  /**
   * Numbers the pieces of the labels 1, 2, … in the order of their first pixels, row by row. Pixels
   * of one piece have one label: objects that touch stay apart, and an object in two places becomes
   * two pieces.
   *
   * @return a new map whose {@link LabelMap#maxLabel} is the number of pieces
   */
  public static LabelMap pieces(LabelMap map, Connectivity connectivity) {
    int width = map.width();
    int[] in = map.labels();
    int[] parent = new int[in.length];
    boolean corners = connectivity == Connectivity.EIGHT;
    for (int i = 0, y = 0; y < map.height(); y++) {
      for (int x = 0; x < width; x++, i++) {
        if (in[i] == 0) {
          continue;
        }
        boolean above = y > 0 && in[i - width] == in[i];
        boolean left = x > 0 && in[i - 1] == in[i];
        parent[i] = left ? parent[i - 1] : i;
        if (above) {
          union(parent, i, i - width);
        } else if (corners && y > 0) {
          if (x > 0 && in[i - width - 1] == in[i]) {
            union(parent, i, i - width - 1);
          }
          if (x + 1 < width && in[i - width + 1] == in[i]) {
            union(parent, i, i - width + 1);
          }
        }
      }
    }
    return new LabelMap(width, map.height(), numbered(in, parent));
  }

  /** Joins two sets; the smaller root stays, so that a root is its set's first pixel. */
  private static void union(int[] parent, int a, int b) {
    int rootA = find(parent, a);
    int rootB = find(parent, b);
    if (rootA < rootB) {
      parent[rootB] = rootA;
    } else {
      parent[rootA] = rootB;
    }
    parent[a] = Math.min(rootA, rootB);
  }

  private static int find(int[] parent, int start) {
    int i = start;
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }

  private static int[] numbered(int[] in, int[] parent) {
    int[] out = new int[in.length];
    int count = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] != 0) {
        int root = find(parent, i);
        out[i] = root == i ? ++count : out[root];
      }
    }
    return out;
  }
}
