package io.semimoe.dataset.slide;

/** Halves rows of little-endian samples of 1, 2 or 4 bytes, for the next level of a pyramid. */
final class Reduction {
  private final int samples;
  private final int sampleBytes;
  private final boolean mean;

  Reduction(TiffContent content) {
    this.samples = content.samples();
    this.sampleBytes = content.bits() / 8;
    this.mean = content.isReducedByMean();
  }

  /** Pixels of a side at the next level: half of them, rounded up. */
  static int half(int side) {
    return side / 2 + side % 2;
  }

  /**
   * One row of the next level.
   *
   * @param upper a row of {@code width} pixels
   * @param lower the row below it; the same row where the image ends with an odd number of rows
   */
  byte[] reduce(byte[] upper, byte[] lower, int width) {
    int pixelBytes = samples * sampleBytes;
    byte[] out = new byte[half(width) * pixelBytes];
    for (int x = 0; x < half(width); x++) {
      int left = 2 * x * pixelBytes;
      int right = Math.min(2 * x + 1, width - 1) * pixelBytes;
      if (!mean) {
        System.arraycopy(upper, left, out, x * pixelBytes, pixelBytes);
        continue;
      }
      for (int s = 0; s < samples; s++) {
        int at = s * sampleBytes;
        int sum =
            sample(upper, left + at)
                + sample(upper, right + at)
                + sample(lower, left + at)
                + sample(lower, right + at);
        int rounded = (sum + 2) / 4;
        out[x * pixelBytes + at] = (byte) rounded;
        if (sampleBytes == 2) {
          out[x * pixelBytes + at + 1] = (byte) (rounded >> 8);
        }
      }
    }
    return out;
  }

  /** A sample of one or two bytes; means are not taken of larger ones. */
  private int sample(byte[] row, int at) {
    int low = row[at] & 0xff;
    return sampleBytes == 1 ? low : low | (row[at + 1] & 0xff) << 8;
  }
}
