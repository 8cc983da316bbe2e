package io.semimoe.graph.kernel;

/**
 * The matrices of Winograd's (Toom and Cook's) short convolutions: m results of a correlation with
 * r weights, y = Aᵀ [(G w) ⊙ (Bᵀ x)], need m + r − 1 products instead of m · r. They come from
 * polynomials evaluated at m + r − 2 points and at infinity. See Lavin and Gray, "Fast Algorithms
 * for Convolutional Neural Networks", 2016.
 *
 * <p>A row of an image is cut into tiles of m results that each read m + r − 1 values. All tiles of
 * a row are transformed by one banded matrix; its rows or columns are counted by the product, then
 * by the tile. What a tile reads beyond the image is zero, what it would write there is dropped.
 */
final class WinogradTransform {
  private final int results;
  private final int weights;
  private final double[] points;

  /**
   * Prepares the matrices.
   *
   * @param results results m of a tile
   * @param weights weights r of the correlation
   * @param points m + r − 2 different numbers
   */
  WinogradTransform(int results, int weights, double... points) {
    this.results = results;
    this.weights = weights;
    this.points = points;
  }

  /** Products of a tile, m + r − 1. */
  int products() {
    return results + weights - 1;
  }

  int tiles(int length) {
    return (length + results - 1) / results;
  }

  /** Returns Bᵀ for a padded row: [products · tiles, length]. */
  float[][] ofImage(int length, int padding, int tiles) {
    float[][] matrix = new float[products() * tiles][length];
    for (int i = 0; i < products(); i++) {
      double[] row = imageRow(i);
      for (int tile = 0; tile < tiles; tile++) {
        for (int k = 0; k < products(); k++) {
          int column = tile * results + k - padding;
          if (column >= 0 && column < length) {
            matrix[i * tiles + tile][column] = (float) row[k];
          }
        }
      }
    }
    return matrix;
  }

  /** Returns Aᵀ for a row of results: [length, products · tiles]. */
  float[][] ofResult(int length, int tiles) {
    float[][] matrix = new float[length][products() * tiles];
    for (int x = 0; x < length; x++) {
      for (int i = 0; i < products(); i++) {
        matrix[x][i * tiles + x / results] = (float) result(x % results, i);
      }
    }
    return matrix;
  }

  /** Returns G for kernels of r × r weights, row by row: [products², r²]. */
  float[][] ofKernel() {
    int n = products();
    float[][] matrix = new float[n * n][weights * weights];
    for (int i = 0; i < n * n; i++) {
      for (int k = 0; k < weights * weights; k++) {
        matrix[i][k] = (float) (weight(i / n, k / weights) * weight(i % n, k % weights));
      }
    }
    return matrix;
  }

  /** Aᵀ: powers of the points; only the last result has a part at infinity. */
  private double result(int power, int product) {
    if (product == points.length) {
      return power == results - 1 ? 1 : 0;
    }
    return Math.pow(points[product], power);
  }

  /** G: the polynomial of the weights at a point, by the product of its distances to the others. */
  private double weight(int product, int power) {
    if (product == points.length) {
      return power == weights - 1 ? 1 : 0;
    }
    double distances = 1;
    for (int other = 0; other < points.length; other++) {
      if (other != product) {
        distances *= points[product] - points[other];
      }
    }
    return Math.pow(points[product], power) / distances;
  }

  /** Bᵀ: coefficients of the polynomial whose roots are all points, or all others. */
  private double[] imageRow(int product) {
    double[] coefficients = new double[products()];
    coefficients[0] = 1;
    for (int root = 0; root < points.length; root++) {
      if (root != product) {
        for (int k = coefficients.length - 1; k >= 0; k--) {
          coefficients[k] = (k > 0 ? coefficients[k - 1] : 0) - points[root] * coefficients[k];
        }
      }
    }
    return coefficients;
  }
}
