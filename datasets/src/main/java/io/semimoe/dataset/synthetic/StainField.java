package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.RgbImage;

/**
 * How much of the two stains lies on each pixel, as optical density, and the picture that a
 * microscope makes of it: white light, weakened by each stain, {@code I = I0 · 10^−(h·H + e·E)}.
 *
 * <p>The colour of a unit of stain is that of Ruifrok and Johnston, "Quantification of
 * histochemical staining by color deconvolution", 2001, varied from image to image.
 */
final class StainField {
  private static final double[] HEMATOXYLIN = {0.65, 0.70, 0.29};
  private static final double[] EOSIN = {0.07, 0.99, 0.11};

  final int width;
  final int height;
  final float[] hematoxylin;
  final float[] eosin;

  StainField(int width, int height) {
    this.width = width;
    this.height = height;
    hematoxylin = new float[width * height];
    eosin = new float[width * height];
  }

  /** Returns the column of a pixel. */
  int x(int pixel) {
    return pixel % width;
  }

  /** Returns the row of a pixel. */
  int y(int pixel) {
    return pixel / width;
  }

  /** Moves the stains of a pixel towards new values, wholly for {@code share} = 1. */
  void blend(int pixel, double share, double newHematoxylin, double newEosin) {
    hematoxylin[pixel] += (float) (share * (newHematoxylin - hematoxylin[pixel]));
    eosin[pixel] += (float) (share * (newEosin - eosin[pixel]));
  }

  /** Returns the picture, with stain colour, strength, light, focus and noise drawn at random. */
  RgbImage photograph(SeededRandom random) {
    double[] h = varied(HEMATOXYLIN, random);
    double[] e = varied(EOSIN, random);
    double strengthH = random.between(0.75, 1.25);
    double strengthE = random.between(0.7, 1.3);
    double slopeX = random.between(-0.05, 0.05);
    double slopeY = random.between(-0.05, 0.05);
    float[] light = new float[width * height * 3];
    double[] white = {random.between(228, 246), random.between(222, 240), random.between(228, 246)};
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        double lamp =
            1 + slopeX * (x / (double) width - 0.5) + slopeY * (y / (double) height - 0.5);
        for (int c = 0; c < 3; c++) {
          double density = h[c] * strengthH * hematoxylin[i] + e[c] * strengthE * eosin[i];
          light[3 * i + c] = (float) (lamp * white[c] * StrictMath.pow(10, -density));
        }
      }
    }
    int blurs = random.nextInt(3);
    for (int i = 0; i < blurs; i++) {
      blur(light);
    }
    return withNoise(light, random.between(1.5, 5), random);
  }

  private static double[] varied(double[] stain, SeededRandom random) {
    double[] varied = new double[3];
    for (int c = 0; c < 3; c++) {
      varied[c] = Math.max(0.02, stain[c] + random.between(-0.07, 0.07));
    }
    return varied;
  }

  /** Smooths with the 1-2-1 filter in both directions; the border repeats its pixels. */
  private void blur(float[] light) {
    float[] rows = new float[light.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int left = y * width + Math.max(0, x - 1);
        int right = y * width + Math.min(width - 1, x + 1);
        smooth(light, rows, left, y * width + x, right);
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int above = Math.max(0, y - 1) * width + x;
        int below = Math.min(height - 1, y + 1) * width + x;
        smooth(rows, light, above, y * width + x, below);
      }
    }
  }

  private static void smooth(float[] in, float[] out, int before, int at, int after) {
    for (int c = 0; c < 3; c++) {
      out[3 * at + c] = (in[3 * before + c] + 2 * in[3 * at + c] + in[3 * after + c]) / 4;
    }
  }

  private RgbImage withNoise(float[] light, double deviation, SeededRandom random) {
    byte[] rgb = new byte[light.length];
    for (int i = 0; i < light.length; i++) {
      long value = Math.round(light[i] + deviation * random.nextGaussian());
      rgb[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return new RgbImage(width, height, rgb);
  }
}
