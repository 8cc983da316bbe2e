package io.semimoe.training.evaluation;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;

/** Small maps from text: one row per string, one digit per pixel, a dot for 0. */
final class Maps {
  private Maps() {}

  static LabelMap labels(String... rows) {
    int[] labels =
        String.join("", rows).chars().map(c -> c == '.' ? 0 : Character.digit(c, 10)).toArray();
    return new LabelMap(rows[0].length(), rows.length, labels);
  }

  /** Probability = digit / 10, a dot for 0. */
  static FloatMap tenths(String... rows) {
    LabelMap digits = labels(rows);
    float[] values = new float[digits.labels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = digits.labels()[i] / 10f;
    }
    return new FloatMap(digits.width(), digits.height(), values);
  }

  /** Probabilities as {@link #tenths} with a distance of 0 everywhere, which divides nothing. */
  static PredictedMaps undivided(String... rows) {
    FloatMap probability = tenths(rows);
    int width = probability.width();
    int height = probability.height();
    return new PredictedMaps(probability, new FloatMap(width, height, new float[width * height]));
  }
}
