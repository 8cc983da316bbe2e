package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;

/**
 * Places glands on an image: most apart from each other, some in touching pairs, some cut by the
 * image's border.
 */
final class GlandPlacement {
  private static final int ATTEMPTS = 400;
  private static final double TOUCHING_SHARE = 0.5;
  private static final double LEAST_AREA = 225;

  private final int width;
  private final int height;
  private final double unit;
  private final SeededRandom random;
  private final double typicalRadius;
  private final double roughness;
  private final double gap;
  private final int[] labels;
  private final double[] relative;
  private int count;

  private GlandPlacement(int width, int height, double unit, SeededRandom random) {
    this.width = width;
    this.height = height;
    this.unit = unit;
    this.random = random;
    typicalRadius = unit * random.between(24, 46);
    roughness = random.between(0.08, 0.34);
    gap = unit * random.between(5, 16);
    labels = new int[width * height];
    relative = new double[width * height];
  }

  /**
   * Returns an instance map with one gland or more.
   *
   * @param unit the length that is one pixel in an image of 256 pixels
   */
  static LabelMap place(int width, int height, double unit, SeededRandom random) {
    GlandPlacement placement = new GlandPlacement(width, height, unit, random);
    placement.fill();
    return new LabelMap(width, height, placement.labels);
  }

  private void fill() {
    double wantedShare = random.between(0.32, 0.65);
    paint(shapeAt(random.between(0.25, 0.75) * width, random.between(0.25, 0.75) * height));
    for (int i = 0; i < ATTEMPTS && share() < wantedShare; i++) {
      GlandShape shape =
          shapeAt(random.between(-0.05, 1.05) * width, random.between(-0.05, 1.05) * height);
      if (isFree(shape)) {
        paint(shape);
        if (random.chance(TOUCHING_SHARE)) {
          addNeighbour(shape);
        }
      }
    }
  }

  private GlandShape shapeAt(double x, double y) {
    double radius = typicalRadius * random.between(0.6, 1.3);
    return new GlandShape(x, y, radius, roughness, random);
  }

  /** Adds a gland that overlaps {@code first} a little, so that the two share a wall. */
  private void addNeighbour(GlandShape first) {
    double angle = random.between(0, 2 * Math.PI);
    double radius = typicalRadius * random.between(0.6, 1.1);
    GlandShape trial = new GlandShape(0, 0, radius, roughness, random);
    double overlap = unit * random.between(3, 8);
    double distance = first.radiusAt(angle) + trial.radiusAt(angle + Math.PI) - overlap;
    GlandShape second =
        trial.at(
            first.centreX() + distance * StrictMath.cos(angle),
            first.centreY() + distance * StrictMath.sin(angle));
    if (overlapsOnly(second, count)) {
      paint(second);
    }
  }

  private boolean isFree(GlandShape shape) {
    return overlapsOnly(shape, 0);
  }

  /** Returns whether the shape stays {@link #gap} away from all glands but {@code permitted}. */
  private boolean overlapsOnly(GlandShape shape, int permitted) {
    int covered = 0;
    int permittedPixels = 0;
    for (int y = from(shape.centreY(), shape); y < to(shape.centreY(), shape, height); y++) {
      for (int x = from(shape.centreX(), shape); x < to(shape.centreX(), shape, width); x++) {
        if (shape.relativeRadius(x, y, gap) < 1) {
          int label = labels[y * width + x];
          if (label != 0 && label != permitted) {
            return false;
          }
          covered++;
          permittedPixels += label != 0 ? 1 : 0;
        }
      }
    }
    // Slivers at the image's border and shapes that swallow their neighbour are no glands.
    return covered > LEAST_AREA * unit * unit && permittedPixels < covered / 2;
  }

  /** Gives the shape's pixels the next label; where glands overlap, the nearer centre wins. */
  private void paint(GlandShape shape) {
    count++;
    for (int y = from(shape.centreY(), shape); y < to(shape.centreY(), shape, height); y++) {
      for (int x = from(shape.centreX(), shape); x < to(shape.centreX(), shape, width); x++) {
        int i = y * width + x;
        double position = shape.relativeRadius(x, y, 0);
        if (position < 1 && (labels[i] == 0 || position < relative[i])) {
          labels[i] = count;
          relative[i] = position;
        }
      }
    }
  }

  private int from(double centre, GlandShape shape) {
    return (int) Math.max(0, Math.floor(centre - shape.reach() - gap));
  }

  private int to(double centre, GlandShape shape, int side) {
    return (int) Math.min(side, Math.ceil(centre + shape.reach() + gap) + 1);
  }

  private double share() {
    int covered = 0;
    for (int label : labels) {
      covered += label != 0 ? 1 : 0;
    }
    return (double) covered / labels.length;
  }
}
