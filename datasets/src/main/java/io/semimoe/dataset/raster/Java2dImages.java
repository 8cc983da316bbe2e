package io.semimoe.dataset.raster;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Objects;
import java.util.Optional;

/**
 * Images of Java 2D as 8-bit RGB, sample by sample, where Java 2D itself would apply the gamma of
 * gray values and colour profiles.
 */
public final class Java2dImages {
  private static final int MAX_BITS = 16;
  private static final int WHITE = 255;

  private Java2dImages() {}

  /**
   * Returns the image as 8-bit RGB.
   *
   * <ul>
   *   <li>Gray: red = green = blue = the stored sample. Palette: the entry's colour.
   *   <li>Samples of b bits become round(255·v / (2^b − 1)).
   *   <li>Alpha: laid on white, the background of a slide.
   *   <li>A colour profile of RGB or gray is not applied: the samples are those that OpenCV-trained
   *       models saw.
   *   <li>What has an {@linkplain #obstacle obstacle}: as Java 2D draws it in sRGB on white.
   * </ul>
   *
   * @throws IllegalArgumentException if the image has more samples than a Java array holds
   */
  public static RgbImage toRgb(BufferedImage image) {
    Objects.requireNonNull(image, "image; ImageIO.read gives none for what it cannot read");
    Rasters.checkSides("image", image.getWidth(), image.getHeight());
    if (obstacle(image).isPresent()) {
      return toRgb(drawn(image));
    }
    return image.getColorModel() instanceof IndexColorModel palette
        ? fromPalette(image, palette)
        : fromComponents(image);
  }

  /**
   * What keeps the samples from being taken one by one, for example {@code "has floating-point
   * samples"}; empty for palettes and for gray or RGB samples of at most 16 bits.
   */
  public static Optional<String> obstacle(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel) {
      return Optional.empty();
    }
    int type = image.getRaster().getDataBuffer().getDataType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      return Optional.of("has floating-point samples");
    }
    if (type == DataBuffer.TYPE_SHORT) {
      return Optional.of("has signed samples");
    }
    for (int bits : model.getComponentSize()) {
      if (bits > MAX_BITS) {
        return Optional.of("has samples of " + bits + " bits");
      }
    }
    if (model.isAlphaPremultiplied() && model.hasAlpha()) {
      return Optional.of("has colours already multiplied by their alpha");
    }
    int space = model.getColorSpace().getType();
    int bands = image.getRaster().getNumBands();
    int colours = model.hasAlpha() ? bands - 1 : bands;
    if ((space == ColorSpace.TYPE_GRAY && colours == 1)
        || (space == ColorSpace.TYPE_RGB && colours == 3)) {
      return Optional.empty();
    }
    String name = space == ColorSpace.TYPE_CMYK ? "CMYK" : "unknown";
    return Optional.of("has " + bands + " channels of " + name + " colours");
  }

  private static BufferedImage drawn(BufferedImage image) {
    BufferedImage rgb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = rgb.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return rgb;
  }

  private static RgbImage fromPalette(BufferedImage image, IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    byte[] out = new byte[image.getWidth() * image.getHeight() * 3];
    int[] row = new int[image.getWidth()];
    Raster raster = image.getRaster();
    int o = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int index : row) {
        // Indices beyond the palette have no colour: they are transparent.
        int argb = index < colours.length ? colours[index] : 0;
        int alpha = argb >>> 24;
        out[o++] = (byte) onWhite(argb >> 16 & 0xff, alpha);
        out[o++] = (byte) onWhite(argb >> 8 & 0xff, alpha);
        out[o++] = (byte) onWhite(argb & 0xff, alpha);
      }
    }
    return new RgbImage(image.getWidth(), image.getHeight(), out);
  }

  /** Bands: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha. */
  private static RgbImage fromComponents(BufferedImage image) {
    int bands = image.getRaster().getNumBands();
    boolean gray = bands <= 2;
    boolean alpha = bands == 2 || bands == 4;
    int[][] toEightBits = scales(image.getColorModel(), bands);
    int width = image.getWidth();
    byte[] out = new byte[width * image.getHeight() * 3];
    int[] row = new int[width * bands];
    Raster raster = image.getRaster();
    int o = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += bands) {
        int opacity = alpha ? eightBits(toEightBits[bands - 1], row[i + bands - 1]) : 255;
        for (int c = 0; c < 3; c++) {
          int band = gray ? 0 : c;
          out[o++] = (byte) onWhite(eightBits(toEightBits[band], row[i + band]), opacity);
        }
      }
    }
    return new RgbImage(width, image.getHeight(), out);
  }

  /** For each band the 8-bit value of each possible sample. */
  private static int[][] scales(ColorModel model, int bands) {
    int[][] scales = new int[bands][];
    for (int band = 0; band < bands; band++) {
      int bits = model.getComponentSize(band);
      int max = (1 << bits) - 1;
      int[] scale = new int[max + 1];
      for (int v = 0; v <= max; v++) {
        scale[v] = (2 * 255 * v + max) / (2 * max);
      }
      scales[band] = scale;
    }
    return scales;
  }

  /**
   * Looks up a sample by the bits that belong to it: TwelveMonkeys inverts a gray TIFF whose zero
   * is white with the bits above them.
   */
  private static int eightBits(int[] scale, int sample) {
    return scale[sample & (scale.length - 1)];
  }

  private static int onWhite(int sample, int alpha) {
    return (sample * alpha + WHITE * (255 - alpha) + 127) / 255;
  }
}
