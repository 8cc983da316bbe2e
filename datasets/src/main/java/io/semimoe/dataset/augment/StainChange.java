package io.semimoe.dataset.augment;

import io.semimoe.dataset.raster.RgbImage;

/**
 * A given change of the amounts of haematoxylin, eosin and DAB in an image: each amount c becomes
 * factor·c + shift.
 *
 * <p>Samples v become optical densities D = −ln((v + 1)/256), 0 for white and ln 256 = 5.545 for
 * black; the one that is added keeps black finite and is taken away again on the way back. With the
 * stains' densities as rows of M, amounts are c = D·M⁻¹. Negative amounts are left negative, so
 * that a change by factors of 1 and shifts of 0 gives back every sample. In densities the whole
 * change is D′ = D·(M⁻¹·diag(factors)·M) + shifts·M; then v′ = 256·exp(−D′) − 1, rounded, 0 to 255.
 *
 * <p>Densities are rounded to 1/4096 on the way back, so that exp is a table: v′ is off by at most
 * 0.03 before it is rounded.
 */
final class StainChange {
  /** The number of stains, and of colours. */
  static final int STAINS = 3;

  /**
   * Optical densities (red, green, blue) of haematoxylin, eosin and DAB: Ruifrok and Johnston,
   * "Quantification of histochemical staining by color deconvolution", 2001, with the two digits
   * that are in common use.
   */
  private static final double[][] DENSITIES = {
    {0.65, 0.70, 0.29}, {0.07, 0.99, 0.11}, {0.27, 0.57, 0.78}
  };

  private static final double[][] INVERSE = inverse(DENSITIES);

  private static final int STEPS = 4096;
  private static final double[] DENSITY_OF_SAMPLE = densities();
  private static final byte[] SAMPLE_OF_STEP = samples();

  private final double[][] matrix = new double[STAINS][STAINS];
  private final double[] offset = new double[STAINS];

  /**
   * Prepares a change.
   *
   * @param factors of haematoxylin, eosin and DAB
   * @param shifts of the same, in amounts of which 1 has the optical density, in natural
   *     logarithms, of about 1
   */
  StainChange(double[] factors, double[] shifts) {
    for (int to = 0; to < STAINS; to++) {
      for (int stain = 0; stain < STAINS; stain++) {
        double density = DENSITIES[stain][to];
        for (int from = 0; from < STAINS; from++) {
          matrix[from][to] += STEPS * INVERSE[from][stain] * factors[stain] * density;
        }
        offset[to] += STEPS * shifts[stain] * density;
      }
    }
  }

  /** Returns the changed image. */
  RgbImage apply(RgbImage image) {
    byte[] before = image.rgb();
    byte[] after = new byte[before.length];
    for (int i = 0; i < before.length; i += STAINS) {
      double red = DENSITY_OF_SAMPLE[before[i] & 0xFF];
      double green = DENSITY_OF_SAMPLE[before[i + 1] & 0xFF];
      double blue = DENSITY_OF_SAMPLE[before[i + 2] & 0xFF];
      after[i] = sample(red, green, blue, 0);
      after[i + 1] = sample(red, green, blue, 1);
      after[i + 2] = sample(red, green, blue, 2);
    }
    return new RgbImage(image.width(), image.height(), after);
  }

  private byte sample(double red, double green, double blue, int to) {
    double step = red * matrix[0][to] + green * matrix[1][to] + blue * matrix[2][to] + offset[to];
    int rounded = (int) (step + 0.5);
    return SAMPLE_OF_STEP[Math.max(0, Math.min(rounded, SAMPLE_OF_STEP.length - 1))];
  }

  private static double[] densities() {
    double[] densities = new double[256];
    for (int sample = 0; sample < densities.length; sample++) {
      densities[sample] = -StrictMath.log((sample + 1) / 256.0);
    }
    return densities;
  }

  /** Returns the samples of 0, 1, 2, … steps of density, as far as to black. */
  private static byte[] samples() {
    byte[] samples = new byte[(int) Math.ceil(STEPS * DENSITY_OF_SAMPLE[0]) + 1];
    for (int step = 0; step < samples.length; step++) {
      double sample = 256 * StrictMath.exp(-(double) step / STEPS) - 1;
      samples[step] = (byte) Math.max(0, Math.round(sample));
    }
    return samples;
  }

  /** Returns the inverse by cofactors. */
  private static double[][] inverse(double[][] m) {
    double[][] inverse = new double[STAINS][STAINS];
    for (int i = 0; i < STAINS; i++) {
      for (int j = 0; j < STAINS; j++) {
        inverse[j][i] = minor(m, (i + 1) % STAINS, (i + 2) % STAINS, (j + 1) % STAINS);
      }
    }
    double determinant = 0;
    for (int j = 0; j < STAINS; j++) {
      determinant += m[0][j] * inverse[j][0];
    }
    for (double[] row : inverse) {
      for (int j = 0; j < STAINS; j++) {
        row[j] /= determinant;
      }
    }
    return inverse;
  }

  /** Returns a cofactor: the determinant of two rows at two columns, cyclically. */
  private static double minor(double[][] m, int row, int nextRow, int column) {
    int nextColumn = (column + 1) % STAINS;
    return m[row][column] * m[nextRow][nextColumn] - m[row][nextColumn] * m[nextRow][column];
  }
}
