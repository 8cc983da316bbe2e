package io.semimoe.dataset.slide;

import io.semimoe.dataset.raster.LabelMap;

/** Turns rows of values into little-endian samples. */
final class SampleBytes {
  private static final int MAX_SHORT = 65_535;

  private SampleBytes() {}

  /** Refuses labels that the content cannot hold, before anything of the band is written. */
  static void checkLabels(LabelMap band, TiffContent content) {
    if (content == TiffContent.LABELS16 && band.maxLabel() > LabelMap.LARGEST_OF_16_BITS) {
      throw new IllegalArgumentException(
          "TIFF of %s: expected labels from 0 to %d, found %d; write 32-bit labels"
              .formatted(content, LabelMap.LARGEST_OF_16_BITS, band.maxLabel()));
    }
  }

  static void checkProbabilities(float[] values) {
    for (float value : values) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "TIFF of probabilities: expected values in [0, 1], found " + value);
      }
    }
  }

  /** One row of a mask or of labels, beginning at {@code from}. */
  static void labels(int[] labels, int from, TiffContent content, byte[] row) {
    int bytes = content.bytesPerPixel();
    for (int x = 0; x < row.length / bytes; x++) {
      int value = labels[from + x];
      put(content == TiffContent.MASK && value != 0 ? 255 : value, bytes, row, x);
    }
  }

  /** One row of probabilities in 16 bits, beginning at {@code from}. */
  static void probabilities(float[] values, int from, byte[] row) {
    for (int x = 0; x < row.length / 2; x++) {
      put((int) Math.round((double) values[from + x] * MAX_SHORT), 2, row, x);
    }
  }

  private static void put(int value, int bytes, byte[] row, int x) {
    for (int i = 0; i < bytes; i++) {
      row[x * bytes + i] = (byte) (value >> (8 * i));
    }
  }
}
