package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.random.SeededRandom;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Paints cell nuclei: soft-edged dark ellipses of uneven colour that keep their distance. */
final class NucleusPainter {
  private final StainField field;
  private final ValueNoise chromatin;
  private final SeededRandom random;
  private final double unit;

  NucleusPainter(StainField field, double unit, SeededRandom random) {
    this.field = field;
    this.unit = unit;
    this.random = random;
    chromatin = new ValueNoise(random);
  }

  /**
   * Paints one ellipse, on permitted pixels only.
   *
   * @param along half its length, in pixels
   * @param across half its width, in pixels
   * @param angle the direction of its length
   * @param density its hematoxylin
   */
  void paint(
      double centreX,
      double centreY,
      double along,
      double across,
      double angle,
      double density,
      IntPredicate permitted) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int reach = (int) Math.ceil(Math.max(along, across)) + 1;
    int fromY = Math.max(0, (int) centreY - reach);
    int toY = Math.min(field.height - 1, (int) centreY + reach + 1);
    int fromX = Math.max(0, (int) centreX - reach);
    int toX = Math.min(field.width - 1, (int) centreX + reach + 1);
    for (int y = fromY; y <= toY; y++) {
      for (int x = fromX; x <= toX; x++) {
        double dx = x - centreX;
        double dy = y - centreY;
        double u = (dx * cos + dy * sin) / along;
        double v = (dy * cos - dx * sin) / across;
        double distance = Math.sqrt(u * u + v * v);
        double share = Math.min(1, (1.15 - distance) * Math.min(along, across) / 1.3);
        int pixel = y * field.width + x;
        if (share > 0 && permitted.test(pixel)) {
          double grain = chromatin.at(x / (1.6 * unit), y / (1.6 * unit));
          field.blend(pixel, share, density * (0.8 + 0.4 * grain), 0.12);
        }
      }
    }
  }

  /**
   * Returns points, in random order, that keep {@code spacing} from each other and are permitted.
   *
   * @param tries how many points are thrown
   */
  int[] scatter(int tries, double spacing, IntPredicate permitted) {
    int cell = Math.max(1, (int) Math.ceil(spacing));
    int columns = field.width / cell + 3;
    int rows = field.height / cell + 3;
    int[] taken = new int[columns * rows * 4];
    int[] counts = new int[columns * rows];
    int[] points = new int[Math.min(tries, taken.length)];
    int found = 0;
    for (int i = 0; i < tries && found < points.length; i++) {
      int x = random.nextInt(field.width);
      int y = random.nextInt(field.height);
      int home = (y / cell + 1) * columns + x / cell + 1;
      if (permitted.test(y * field.width + x)
          && counts[home] < 4
          && isClear(x, y, home, columns, taken, counts, spacing)) {
        taken[home * 4 + counts[home]++] = y * field.width + x;
        points[found++] = y * field.width + x;
      }
    }
    return Arrays.copyOf(points, found);
  }

  private boolean isClear(
      int x, int y, int home, int columns, int[] taken, int[] counts, double spacing) {
    for (int row = -1; row <= 1; row++) {
      for (int column = -1; column <= 1; column++) {
        int at = home + row * columns + column;
        for (int k = 0; k < counts[at]; k++) {
          int dx = field.x(taken[at * 4 + k]) - x;
          int dy = field.y(taken[at * 4 + k]) - y;
          if (dx * dx + dy * dy < spacing * spacing) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
