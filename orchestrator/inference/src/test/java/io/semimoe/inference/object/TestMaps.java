package io.semimoe.inference.object;

import io.semimoe.dataset.raster.ConnectedComponents;
import io.semimoe.dataset.raster.Connectivity;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.Optional;
import java.util.Random;

/** Made-up masks and the slow, obvious way to their objects. */
final class TestMaps {
  private TestMaps() {}

  /**
   * A random mask of up to 40 × 40 pixels; the seed decides on sides and density, and on the size
   * of the squares that the noise is made of, so that there are specks as well as nested blobs.
   */
  static LabelMap mask(long seed) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(40);
    int height = 1 + random.nextInt(40);
    int square = 1 + random.nextInt(4);
    double density = random.nextInt(11) / 10.0;
    int columns = width / square + 1;
    boolean[] noise = new boolean[columns * (height / square + 1)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextDouble() < density;
    }
    int[] labels = new int[width * height];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = noise[i / width / square * columns + i % width / square] ? 1 : 0;
    }
    return new LabelMap(width, height, labels);
  }

  /** Random probabilities: above 0.5 on the mask, not above elsewhere. */
  static FloatMap probability(LabelMap mask, long seed) {
    Random random = new Random(seed);
    float[] values = new float[mask.labels().length];
    for (int i = 0; i < values.length; i++) {
      float half = random.nextFloat() / 2;
      values[i] = mask.labels()[i] != 0 ? 1 - half * 0.99f : half;
    }
    return new FloatMap(mask.width(), mask.height(), values);
  }

  /** Random multiples of 1/{@code steps} in [−1, 1]. */
  static FloatMap noise(int width, int height, int steps, long seed) {
    Random random = new Random(seed);
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextInt(2 * steps + 1) - steps) / (float) steps;
    }
    return new FloatMap(width, height, values);
  }

  /** A mask drawn with one character for a pixel, {@code #} being foreground. */
  static LabelMap drawn(String... rows) {
    int width = rows[0].length();
    int[] labels = new int[width * rows.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows[i / width].charAt(i % width) == '#' ? 1 : 0;
    }
    return new LabelMap(width, rows.length, labels);
  }

  /** The objects of a mask with probability 1 inside and 0 outside. */
  static SegmentedObjects objects(LabelMap mask, ObjectOptions options) {
    return SegmentedObjects.of(certain(mask), Optional.empty(), 0.5f, options);
  }

  /** Probability 1 on the mask, 0 elsewhere. */
  static FloatMap certain(LabelMap mask) {
    float[] values = new float[mask.labels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.labels()[i] != 0 ? 1 : 0;
    }
    return new FloatMap(mask.width(), mask.height(), values);
  }

  /** Fills, labels and drops on whole maps; labels in the order of first pixels. */
  static LabelMap components(LabelMap mask, long minimumArea, long maximumHoleArea) {
    LabelMap holes = background(mask);
    long[] holeAreas = areas(holes);
    boolean[] border = touchingBorder(holes);
    int[] filled = mask.foreground().labels();
    for (int i = 0; i < filled.length; i++) {
      int hole = holes.labels()[i];
      if (hole != 0 && holeAreas[hole] <= maximumHoleArea && !border[hole]) {
        filled[i] = 1;
      }
    }
    LabelMap objects = label(mask, filled, Connectivity.EIGHT);
    long[] objectAreas = areas(objects);
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i] != 0 && objectAreas[objects.labels()[i]] >= minimumArea ? 1 : 0;
    }
    return label(mask, filled, Connectivity.EIGHT);
  }

  /** The pixels of one label as a mask. */
  static LabelMap only(LabelMap map, int label) {
    int[] out = new int[map.labels().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = map.labels()[i] == label ? 1 : 0;
    }
    return new LabelMap(map.width(), map.height(), out);
  }

  /** Number of background components that do not touch the border, whatever their area. */
  static int holes(LabelMap mask) {
    LabelMap background = background(mask);
    boolean[] border = touchingBorder(background);
    int count = 0;
    for (int hole = 1; hole < border.length; hole++) {
      count += border[hole] ? 0 : 1;
    }
    return count;
  }

  private static long[] areas(LabelMap map) {
    long[] areas = new long[map.maxLabel() + 1];
    for (int label : map.labels()) {
      areas[label]++;
    }
    return areas;
  }

  private static LabelMap background(LabelMap mask) {
    int[] background = new int[mask.labels().length];
    for (int i = 0; i < background.length; i++) {
      background[i] = mask.labels()[i] == 0 ? 1 : 0;
    }
    return label(mask, background, Connectivity.FOUR);
  }

  private static LabelMap label(LabelMap sides, int[] labels, Connectivity connectivity) {
    return ConnectedComponents.label(
        new LabelMap(sides.width(), sides.height(), labels), connectivity);
  }

  private static boolean[] touchingBorder(LabelMap map) {
    boolean[] border = new boolean[map.maxLabel() + 1];
    for (int i = 0; i < map.labels().length; i++) {
      int x = i % map.width();
      int y = i / map.width();
      border[map.labels()[i]] |= x == 0 || y == 0 || x == map.width() - 1 || y == map.height() - 1;
    }
    return border;
  }
}
