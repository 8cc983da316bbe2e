package io.semimoe.inference.object;

import java.util.Arrays;

/**
 * The corners of a set of pixels, in rows without a gap, numbered in reading order, and, for each,
 * the next one along the boundary with the inside to the right (on a screen, y down).
 *
 * <p>Made by one sweep over the lines between rows. On the line between the rows above and below
 * the boundary runs where exactly one of them is inside; its ends there are the corners. Where two
 * pixels touch at a corner only (a saddle) there are two vertices at one point, and each pixel
 * keeps its own: the parts on both sides are not connected by it.
 */
final class OutlineGraph {
  private final PixelRuns runs;
  private int vertices;
  private int saddles;
  private int[] x;
  private int[] y;
  private int[] next;
  private int[] saddle;

  /** For each vertex a run whose side ends there. */
  private int[] run;

  /** For each run the vertices at the upper ends of the straight lines through its two sides. */
  private final int[] leftTop;

  private final int[] rightTop;

  /** Union-find over runs that share edges; a root is its part's first run. */
  private final int[] parent;

  private OutlineGraph(PixelRuns runs) {
    this.runs = runs;
    int capacity = 16;
    x = new int[capacity];
    y = new int[capacity];
    next = new int[capacity];
    saddle = new int[capacity];
    run = new int[capacity];
    leftTop = new int[runs.count()];
    rightTop = new int[runs.count()];
    parent = new int[runs.count()];
    Arrays.setAll(parent, i -> i);
  }

  static OutlineGraph of(PixelRuns runs) {
    OutlineGraph graph = new OutlineGraph(runs);
    int above = 0;
    int below = 0;
    while (below < runs.count()) {
      int end = runs.endOfRow(below);
      graph.line(runs.row(below), above, below, below, end);
      above = below;
      below = end;
    }
    graph.line(runs.row(above) + 1, above, below, below, below);
    return graph;
  }

  int vertices() {
    return vertices;
  }

  int saddles() {
    return saddles;
  }

  int x(int vertex) {
    return x[vertex];
  }

  int y(int vertex) {
    return y[vertex];
  }

  int next(int vertex) {
    return next[vertex];
  }

  /** The number of the saddle at which the vertex lies, or −1. */
  int saddle(int vertex) {
    return saddle[vertex];
  }

  /** The first run of the part on whose boundary the vertex lies. */
  int part(int vertex) {
    return find(run[vertex]);
  }

  /** Finds the corners on one line between the runs above and those below. */
  private void line(int line, int above, int aboveEnd, int below, int belowEnd) {
    int a = 2 * above;
    int b = 2 * below;
    int open = -1;
    while (a < 2 * aboveEnd || b < 2 * belowEnd) {
      int atA = a < 2 * aboveEnd ? side(a) : Integer.MAX_VALUE;
      int atB = b < 2 * belowEnd ? side(b) : Integer.MAX_VALUE;
      int at = Math.min(atA, atB);
      // A row is inside from a run's left side (even) to its right side (odd).
      boolean insideA = (a & 1) == 1;
      boolean insideB = (b & 1) == 1;
      if (atA != atB) {
        int vertex = atA < atB ? endSide(a, line) : beginSide(b, line);
        open = horizontal(open, vertex, insideA, insideA != insideB);
      } else if (insideA == insideB) {
        continueSide(a, b);
      } else {
        int upper = endSide(a, line);
        int lower = beginSide(b, line);
        saddle[upper] = saddles;
        saddle[lower] = saddles++;
        horizontal(open, insideA ? upper : lower, insideA, true);
        open = insideA ? lower : upper;
      }
      a += at == atA ? 1 : 0;
      b += at == atB ? 1 : 0;
      if ((a & 1) == 1 && (b & 1) == 1) {
        union(a / 2, b / 2);
      }
    }
  }

  /** The column of a side: sides 2i and 2i + 1 are the left and the right one of run i. */
  private int side(int side) {
    return (side & 1) == 0 ? runs.start(side / 2) : runs.end(side / 2);
  }

  /** Ends a horizontal edge in {@code vertex} or, where there is none, begins one. */
  private int horizontal(int open, int vertex, boolean insideAbove, boolean ends) {
    if (!ends) {
      return vertex;
    }
    link(insideAbove ? vertex : open, insideAbove ? open : vertex);
    return -1;
  }

  private int beginSide(int side, int line) {
    int vertex = newVertex(side(side), line, side / 2);
    tops(side)[side / 2] = vertex;
    return vertex;
  }

  private void continueSide(int above, int below) {
    tops(below)[below / 2] = tops(above)[above / 2];
  }

  private int endSide(int side, int line) {
    int vertex = newVertex(side(side), line, side / 2);
    int top = tops(side)[side / 2];
    boolean left = (side & 1) == 0;
    link(left ? vertex : top, left ? top : vertex);
    return vertex;
  }

  private int[] tops(int side) {
    return (side & 1) == 0 ? leftTop : rightTop;
  }

  private void link(int from, int to) {
    next[from] = to;
  }

  private int newVertex(int atX, int atY, int ofRun) {
    if (vertices == x.length) {
      int capacity = 2 * vertices;
      x = Arrays.copyOf(x, capacity);
      y = Arrays.copyOf(y, capacity);
      next = Arrays.copyOf(next, capacity);
      saddle = Arrays.copyOf(saddle, capacity);
      run = Arrays.copyOf(run, capacity);
    }
    x[vertices] = atX;
    y[vertices] = atY;
    run[vertices] = ofRun;
    saddle[vertices] = -1;
    return vertices++;
  }

  private void union(int a, int b) {
    int rootA = find(a);
    int rootB = find(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int find(int start) {
    int i = start;
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }
}
