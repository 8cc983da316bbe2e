package io.semimoe.inference.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The polygons of a set of pixels, from its {@link OutlineGraph}; time and memory grow with the
 * number of runs, not with the pixels or the box.
 *
 * <p>A closed walk along the graph can come through a corner twice, where the part touches itself.
 * There it is cut into two rings, so that each ring is simple: the one that was walked in between
 * and the rest.
 */
final class Outline {
  private final OutlineGraph graph;

  /** For each saddle its place on the path that is walked, or −1. */
  private final int[] placeOfSaddle;

  /** The vertices of the walk since its start, without the rings already cut off. */
  private int[] path = new int[64];

  private int length;

  /** For each part, by its first run, its rings. */
  private final TreeMap<Integer, List<Ring>> rings = new TreeMap<>();

  private Outline(OutlineGraph graph) {
    this.graph = graph;
    placeOfSaddle = new int[graph.saddles()];
    Arrays.fill(placeOfSaddle, -1);
  }

  /** The polygons of the parts that are connected through edges, in the order of first pixels. */
  static List<Polygon> of(PixelRuns runs) {
    Outline outline = new Outline(OutlineGraph.of(runs));
    outline.walkAll();
    List<Polygon> polygons = new ArrayList<>(outline.rings.size());
    outline.rings.values().forEach(rings -> polygons.add(polygon(rings)));
    return polygons;
  }

  private void walkAll() {
    boolean[] visited = new boolean[graph.vertices()];
    for (int first = 0; first < visited.length; first++) {
      if (visited[first]) {
        continue;
      }
      length = 0;
      for (int v = first; !visited[v]; v = graph.next(v)) {
        visited[v] = true;
        step(v);
      }
      cut(0);
    }
  }

  private void step(int vertex) {
    int saddle = graph.saddle(vertex);
    if (saddle >= 0 && placeOfSaddle[saddle] >= 0) {
      // The earlier vertex at this point stays on the path, with its place.
      int place = placeOfSaddle[saddle];
      cut(place);
      length = place + 1;
      placeOfSaddle[saddle] = place;
      return;
    }
    if (length == path.length) {
      path = Arrays.copyOf(path, 2 * length);
    }
    if (saddle >= 0) {
      placeOfSaddle[saddle] = length;
    }
    path[length++] = vertex;
  }

  /** Makes a ring of the path from {@code from} on and forgets its saddles. */
  private void cut(int from) {
    int points = length - from;
    int start = from;
    for (int i = from; i < length; i++) {
      if (path[i] < path[start]) {
        start = i;
      }
      if (graph.saddle(path[i]) >= 0) {
        placeOfSaddle[graph.saddle(path[i])] = -1;
      }
    }
    int[] xs = new int[points + 1];
    int[] ys = new int[points + 1];
    for (int i = 0; i <= points; i++) {
      int vertex = path[from + (start - from + i) % points];
      xs[i] = graph.x(vertex);
      ys[i] = graph.y(vertex);
    }
    rings.computeIfAbsent(graph.part(path[from]), part -> new ArrayList<>()).add(new Ring(xs, ys));
  }

  private static Polygon polygon(List<Ring> rings) {
    Ring outer = null;
    List<Ring> holes = new ArrayList<>(rings.size() - 1);
    for (Ring ring : rings) {
      if (ring.signedArea() > 0) {
        outer = ring;
      } else {
        holes.add(ring);
      }
    }
    holes.sort(
        Comparator.comparingInt((Ring ring) -> ring.y(0)).thenComparingInt(ring -> ring.x(0)));
    return new Polygon(outer, holes);
  }
}
