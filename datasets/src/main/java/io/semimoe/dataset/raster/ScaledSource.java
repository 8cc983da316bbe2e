package io.semimoe.dataset.raster;

import java.io.IOException;
import java.util.Arrays;

/** A source at another size. A region reads the part of the source that it covers, at once. */
record ScaledSource(RgbSource source, int width, int height) implements RgbSource {
  ScaledSource {
    Rasters.checkNotEmpty("scaled image", width, height);
  }

  @Override
  public RgbImage region(int x, int y, int regionWidth, int regionHeight) throws IOException {
    Rasters.checkCrop(width, height, x, y, regionWidth, regionHeight);
    AxisWeights columns = new AxisWeights(source.width(), width, x, regionWidth);
    AxisWeights rows = new AxisWeights(source.height(), height, y, regionHeight);
    if (3L * regionWidth * Math.max(regionHeight, rows.length()) > Rasters.LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "region of %d×%d pixels is too large for one array; read it in parts"
              .formatted(regionWidth, regionHeight));
    }
    RgbImage read =
        source.checkedRegion(columns.first(), rows.first(), columns.length(), rows.length());
    float[] narrow = horizontally(read, columns, regionWidth);
    return new RgbImage(
        regionWidth, regionHeight, vertically(narrow, rows, 3 * regionWidth, regionHeight));
  }

  /** Returns float32 [height of the image, width, 3]. */
  private static float[] horizontally(RgbImage image, AxisWeights columns, int width) {
    byte[] in = image.rgb();
    float[] out = new float[3 * width * image.height()];
    int o = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = 3 * y * image.width();
      for (int x = 0; x < width; x++) {
        float[] weights = columns.weights(x);
        int start = row + 3 * columns.start(x);
        for (int c = 0; c < 3; c++) {
          float sum = 0;
          for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (in[start + 3 * i + c] & 0xff);
          }
          out[o++] = sum;
        }
      }
    }
    return out;
  }

  /** Returns uint8 [height, samples of a row]. */
  private static byte[] vertically(float[] in, AxisWeights rows, int samples, int height) {
    byte[] out = new byte[samples * height];
    float[] sums = new float[samples];
    for (int y = 0; y < height; y++) {
      float[] weights = rows.weights(y);
      Arrays.fill(sums, 0);
      for (int i = 0; i < weights.length; i++) {
        int row = (rows.start(y) + i) * samples;
        for (int s = 0; s < samples; s++) {
          sums[s] += weights[i] * in[row + s];
        }
      }
      for (int s = 0; s < samples; s++) {
        out[y * samples + s] = (byte) (int) (sums[s] + 0.5f);
      }
    }
    return out;
  }
}
