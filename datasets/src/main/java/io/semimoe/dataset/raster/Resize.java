package io.semimoe.dataset.raster;

/**
 * Resizing as OpenCV does it: bilinear for images (half-pixel centres, no antialiasing, {@code
 * INTER_LINEAR}), nearest for label maps ({@code INTER_NEAREST}).
 *
 * <p>Bilinear: the target pixel x looks at the source position (x + ½)·scale − ½, scale =
 * source/target side, clamped to the source's pixels. Nearest: the target pixel x takes the source
 * pixel ⌊x·scale⌋, which is not centred, and is what the method's masks were made with.
 */
public final class Resize {
  private Resize() {}

  /**
   * The image at {@code width}×{@code height}; each sample rounded to the nearest of 0..255 (within
   * 1 of OpenCV, whose 8-bit weights are coarser).
   *
   * @throws IllegalArgumentException if a side is below 1
   */
  public static RgbImage bilinear(RgbImage image, int width, int height) {
    Rasters.checkSides("resized image", width, height);
    if (width == image.width() && height == image.height()) {
      return new RgbImage(width, height, image.rgb().clone());
    }
    LinearTaps columns = new LinearTaps(image.width(), width);
    LinearTaps rows = new LinearTaps(image.height(), height);
    byte[] in = image.rgb();
    byte[] out = new byte[width * height * 3];
    int stride = image.width() * 3;
    int o = 0;
    for (int y = 0; y < height; y++) {
      int top = rows.first(y) * stride;
      int bottom = rows.second(y) * stride;
      float weightY = rows.weight(y);
      for (int x = 0; x < width; x++) {
        int left = columns.first(x) * 3;
        int right = columns.second(x) * 3;
        float weightX = columns.weight(x);
        for (int c = 0; c < 3; c++) {
          float above = mix(in[top + left + c] & 0xff, in[top + right + c] & 0xff, weightX);
          float below = mix(in[bottom + left + c] & 0xff, in[bottom + right + c] & 0xff, weightX);
          out[o++] = (byte) (int) (mix(above, below, weightY) + 0.5f);
        }
      }
    }
    return new RgbImage(width, height, out);
  }

  /**
   * The map at {@code width}×{@code height}.
   *
   * @throws IllegalArgumentException if a side is below 1
   */
  public static FloatMap bilinear(FloatMap map, int width, int height) {
    Rasters.checkSides("resized map", width, height);
    if (width == map.width() && height == map.height()) {
      return new FloatMap(width, height, map.values().clone());
    }
    LinearTaps columns = new LinearTaps(map.width(), width);
    LinearTaps rows = new LinearTaps(map.height(), height);
    float[] in = map.values();
    float[] out = new float[width * height];
    int o = 0;
    for (int y = 0; y < height; y++) {
      int top = rows.first(y) * map.width();
      int bottom = rows.second(y) * map.width();
      for (int x = 0; x < width; x++) {
        int left = columns.first(x);
        int right = columns.second(x);
        float above = mix(in[top + left], in[top + right], columns.weight(x));
        float below = mix(in[bottom + left], in[bottom + right], columns.weight(x));
        out[o++] = mix(above, below, rows.weight(y));
      }
    }
    return new FloatMap(width, height, out);
  }

  /**
   * The label map at {@code width}×{@code height}, equal to OpenCV's; makes no new labels, but
   * small objects may vanish when shrinking.
   *
   * @throws IllegalArgumentException if a side is below 1
   */
  public static LabelMap nearest(LabelMap map, int width, int height) {
    Rasters.checkSides("resized label map", width, height);
    int[] columns = nearestIndices(map.width(), width);
    int[] rows = nearestIndices(map.height(), height);
    int[] in = map.labels();
    int[] out = new int[width * height];
    int o = 0;
    for (int y = 0; y < height; y++) {
      int row = rows[y] * map.width();
      for (int x = 0; x < width; x++) {
        out[o++] = in[row + columns[x]];
      }
    }
    return new LabelMap(width, height, out);
  }

  private static int[] nearestIndices(int source, int target) {
    // The reciprocal of the reciprocal, as in OpenCV: source/target rounds differently.
    double scale = 1 / ((double) target / source);
    int[] indices = new int[target];
    for (int i = 0; i < target; i++) {
      indices[i] = Math.min((int) (i * scale), source - 1);
    }
    return indices;
  }

  private static float mix(float a, float b, float weight) {
    return a + (b - a) * weight;
  }
}
