package io.semimoe.inference.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts one component apart along the valleys of its signed distances.
 *
 * <p>The component is flooded from the greatest distance down. At each level, pixels next to basins
 * join them: first those next to a higher pixel, which join the basin of the highest such
 * neighbour, then, breadth first, those next to pixels of their own level. What is left at that
 * level begins new basins, its regional maxima. {@link Basins} says which basins become one where
 * they meet. The result is the marker-controlled watershed whose markers are the peaks with enough
 * dynamics, taken on a logarithmic scale: a pass counts by its depth as a share of the peak.
 * Neighbours are the eight.
 *
 * <p>Source: L. Vincent, P. Soille, "Watersheds in digital spaces: an efficient algorithm based on
 * immersion simulations", 1991, without their watershed pixels: every pixel belongs to a part.
 */
final class Watershed {
  /** Pixels outside of the component. */
  private static final int OUTSIDE = -1;

  private final PixelBox box;

  /** Width of the raster: that of the box with one pixel outside on each side. */
  private final int width;

  private final short[] levels;

  /** For each pixel of the raster its basin, 0 = none yet. */
  private final int[] basinOf;

  private final Basins basins;
  private final int[] neighbours;

  private int[] queue = new int[256];
  private int queued;

  private Watershed(Run head, PixelBox box, Basins basins) {
    this.box = box;
    this.basins = basins;
    width = box.width() + 2;
    int pixels = width * (box.height() + 2);
    neighbours = new int[] {-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1};
    levels = new short[pixels];
    basinOf = new int[pixels];
    Arrays.fill(basinOf, OUTSIDE);
    for (Run run = head; run != null; run = run.next) {
      int at = index(run.start, run.row);
      for (int i = 0; i < run.length(); i++) {
        levels[at + i] = (short) Samples.distance(run.samples[i]);
        basinOf[at + i] = 0;
      }
    }
  }

  /**
   * The parts of a component, by their first pixels in reading order.
   *
   * @param head runs of the component with their samples
   * @param box smallest rectangle that holds them
   * @param depth least depth of the pass between two parts, as a share of the lower peak
   * @param minimumArea no part is smaller unless the component is
   */
  static List<Part> split(Run head, PixelBox box, double depth, long minimumArea) {
    Watershed watershed = new Watershed(head, box, new Basins(depth, minimumArea));
    int[] order = watershed.byLevel(head);
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && watershed.levels[order[to]] == watershed.levels[order[from]]) {
        to++;
      }
      watershed.flood(order, from, to);
    }
    return watershed.parts(head);
  }

  /**
   * A part of the component.
   *
   * @param runs its pixels
   * @param area number of pixels
   * @param probability sum of the probabilities in steps of {@link Samples#PROBABILITY_STEPS}
   */
  record Part(PixelRuns runs, long area, long probability) {}

  private int index(int x, int y) {
    return (y - box.y() + 1) * width + x - box.x() + 1;
  }

  /** The pixels from the highest level to the lowest, each level in reading order. */
  private int[] byLevel(Run head) {
    int pixels = 0;
    int lowest = Samples.DISTANCE_STEPS;
    int highest = -Samples.DISTANCE_STEPS;
    for (Run run = head; run != null; run = run.next) {
      pixels += run.length();
      for (int sample : run.samples) {
        lowest = Math.min(lowest, Samples.distance(sample));
        highest = Math.max(highest, Samples.distance(sample));
      }
    }
    // Counting sort: begin[k] is the place of the next pixel that is k levels below the highest.
    int[] begin = new int[highest - lowest + 2];
    for (Run run = head; run != null; run = run.next) {
      for (int sample : run.samples) {
        begin[highest - Samples.distance(sample) + 1]++;
      }
    }
    for (int i = 1; i < begin.length; i++) {
      begin[i] += begin[i - 1];
    }
    int[] order = new int[pixels];
    for (int i = width; i < basinOf.length - width; i++) {
      if (basinOf[i] != OUTSIDE) {
        order[begin[highest - levels[i]]++] = i;
      }
    }
    return order;
  }

  /** Gives all pixels of a level their basins, then joins the basins that meet there. */
  private void flood(int[] order, int from, int to) {
    queued = 0;
    for (int i = from; i < to; i++) {
      int basin = basinAbove(order[i]);
      if (basin != 0) {
        enter(order[i], basin);
      }
    }
    spread(0);
    for (int i = from; i < to; i++) {
      if (basinOf[order[i]] == 0) {
        int first = queued;
        enter(order[i], basins.add(levels[order[i]]));
        spread(first);
      }
    }
    for (int i = from; i < to; i++) {
      int pixel = order[i];
      int basin = basinOf[pixel];
      for (int step : neighbours) {
        int other = basinOf[pixel + step];
        if (other > 0 && other != basin) {
          basins.meet(basin, other, levels[pixel]);
        }
      }
    }
  }

  /** The basin of the highest neighbour above the pixel's own level; 0 if there is none. */
  private int basinAbove(int pixel) {
    int highest = levels[pixel];
    int basin = 0;
    for (int step : neighbours) {
      if (basinOf[pixel + step] > 0 && levels[pixel + step] > highest) {
        highest = levels[pixel + step];
        basin = basinOf[pixel + step];
      }
    }
    return basin;
  }

  private void enter(int pixel, int basin) {
    basinOf[pixel] = basin;
    basins.grow(basin);
    if (queued == queue.length) {
      queue = Arrays.copyOf(queue, 2 * queued);
    }
    queue[queued++] = pixel;
  }

  /** Goes on within the level from the pixels queued since {@code first}, breadth first. */
  private void spread(int first) {
    for (int i = first; i < queued; i++) {
      int pixel = queue[i];
      for (int step : neighbours) {
        int next = pixel + step;
        if (basinOf[next] == 0 && levels[next] == levels[pixel]) {
          enter(next, basinOf[pixel]);
        }
      }
    }
  }

  private List<Part> parts(Run head) {
    int[] partOf = new int[basins.count() + 1];
    List<PixelRuns.Builder> runs = new ArrayList<>();
    for (int row = 0; row < box.height(); row++) {
      int at = index(box.x(), box.y() + row);
      for (int x = 0; x < box.width(); x++) {
        int basin = stands(at + x);
        if (basin != OUTSIDE) {
          if (partOf[basin] == 0) {
            runs.add(new PixelRuns.Builder());
            partOf[basin] = runs.size();
          }
          runs.get(partOf[basin] - 1).add(box.y() + row, box.x() + x, box.x() + x + 1);
        }
      }
    }
    long[] probability = new long[runs.size()];
    for (Run run = head; run != null; run = run.next) {
      int at = index(run.start, run.row);
      for (int i = 0; i < run.length(); i++) {
        probability[partOf[stands(at + i)] - 1] += Samples.probability(run.samples[i]);
      }
    }
    List<Part> parts = new ArrayList<>(runs.size());
    for (int i = 0; i < probability.length; i++) {
      PixelRuns own = runs.get(i).build();
      parts.add(new Part(own, own.area(), probability[i]));
    }
    return parts;
  }

  /** The basin that a pixel belongs to in the end; {@link #OUTSIDE} for none. */
  private int stands(int pixel) {
    return basinOf[pixel] == OUTSIDE ? OUTSIDE : basins.root(basinOf[pixel]);
  }
}
