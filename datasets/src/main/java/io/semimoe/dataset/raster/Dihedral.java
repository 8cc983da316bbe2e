package io.semimoe.dataset.raster;

/**
 * The eight symmetries of a square, applied to rasters: an optional transposition followed by
 * optional mirrorings, all without interpolation. Rotations are clockwise as seen on a screen (y
 * downwards).
 *
 * <p>The four elements that transpose ({@link #swapsSides}) turn a w×h raster into an h×w one.
 */
public enum Dihedral {
  /** Leaves every pixel where it is. */
  IDENTITY(false, false, false),
  /** A quarter turn clockwise. */
  ROTATE_90(true, true, false),
  /** Half a turn. */
  ROTATE_180(false, true, true),
  /** A quarter turn counter-clockwise. */
  ROTATE_270(true, false, true),
  /** Mirrors left and right. */
  FLIP_HORIZONTAL(false, true, false),
  /** Mirrors top and bottom. */
  FLIP_VERTICAL(false, false, true),
  /** Mirrors at the main diagonal: (x, y) becomes (y, x). */
  TRANSPOSE(true, false, false),
  /** Mirrors at the other diagonal. */
  ANTI_TRANSPOSE(true, true, true);

  private final boolean transpose;
  private final boolean mirrorX;
  private final boolean mirrorY;

  Dihedral(boolean transpose, boolean mirrorX, boolean mirrorY) {
    this.transpose = transpose;
    this.mirrorX = mirrorX;
    this.mirrorY = mirrorY;
  }

  /** Whether width and height change places. */
  public boolean swapsSides() {
    return transpose;
  }

  /** The transformed image, a new one. */
  public RgbImage apply(RgbImage image) {
    Walk walk = new Walk(this, image.width(), image.height());
    byte[] in = image.rgb();
    byte[] out = new byte[in.length];
    int o = 0;
    for (int y = 0; y < walk.height; y++) {
      int i = (walk.origin + y * walk.stepY) * 3;
      for (int x = 0; x < walk.width; x++, i += walk.stepX * 3, o += 3) {
        out[o] = in[i];
        out[o + 1] = in[i + 1];
        out[o + 2] = in[i + 2];
      }
    }
    return new RgbImage(walk.width, walk.height, out);
  }

  /** The transformed label map, a new one. */
  public LabelMap apply(LabelMap map) {
    Walk walk = new Walk(this, map.width(), map.height());
    int[] in = map.labels();
    int[] out = new int[in.length];
    int o = 0;
    for (int y = 0; y < walk.height; y++) {
      int i = walk.origin + y * walk.stepY;
      for (int x = 0; x < walk.width; x++, i += walk.stepX) {
        out[o++] = in[i];
      }
    }
    return new LabelMap(walk.width, walk.height, out);
  }

  /** The transformed float map, a new one. */
  public FloatMap apply(FloatMap map) {
    Walk walk = new Walk(this, map.width(), map.height());
    float[] in = map.values();
    float[] out = new float[in.length];
    int o = 0;
    for (int y = 0; y < walk.height; y++) {
      int i = walk.origin + y * walk.stepY;
      for (int x = 0; x < walk.width; x++, i += walk.stepX) {
        out[o++] = in[i];
      }
    }
    return new FloatMap(walk.width, walk.height, out);
  }

  /** How to walk over the source while the result is filled row by row. */
  private static final class Walk {
    final int width;
    final int height;
    final int origin;
    final int stepX;
    final int stepY;

    Walk(Dihedral element, int sourceWidth, int sourceHeight) {
      width = element.transpose ? sourceHeight : sourceWidth;
      height = element.transpose ? sourceWidth : sourceHeight;
      int alongX = element.transpose ? sourceWidth : 1;
      int alongY = element.transpose ? 1 : sourceWidth;
      stepX = element.mirrorX ? -alongX : alongX;
      stepY = element.mirrorY ? -alongY : alongY;
      origin =
          (element.mirrorX ? (width - 1) * alongX : 0)
              + (element.mirrorY ? (height - 1) * alongY : 0);
    }
  }
}
