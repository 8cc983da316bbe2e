package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.random.SeededRandom;

/** Smooth noise over the plane: random values on the integer grid, interpolated in between. */
final class ValueNoise {
  private static final int SIDE = 256;

  private final float[] lattice = new float[SIDE * SIDE];

  ValueNoise(SeededRandom random) {
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (float) random.nextDouble();
    }
  }

  /** Returns the noise at a point, in [0, 1], with features of size 1. */
  double at(double x, double y) {
    double floorX = Math.floor(x);
    double floorY = Math.floor(y);
    double fx = smooth(x - floorX);
    double fy = smooth(y - floorY);
    int column = (int) floorX;
    int row = (int) floorY;
    double top = mix(value(column, row), value(column + 1, row), fx);
    double bottom = mix(value(column, row + 1), value(column + 1, row + 1), fx);
    return mix(top, bottom, fy);
  }

  /** Returns a sum of three octaves, in [0, 1], with features of size 1 and below. */
  double fractal(double x, double y) {
    return (4 * at(x, y) + 2 * at(2.03 * x + 17, 2.03 * y + 31) + at(4.1 * x + 57, 4.1 * y + 11))
        / 7;
  }

  private double value(int column, int row) {
    return lattice[(row & (SIDE - 1)) * SIDE + (column & (SIDE - 1))];
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
