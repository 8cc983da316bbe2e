package io.semimoe.dataset.image;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;

/** Turns a decoded image of any kind into 8-bit RGB, sample by sample. */
final class RgbConversion {
  private static final int WHITE = 255;

  private RgbConversion() {}

  static RgbImage convert(Path file, BufferedImage image) throws DataException {
    return image.getColorModel() instanceof IndexColorModel palette
        ? fromPalette(image, palette)
        : fromComponents(file, image);
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
        int argb = colours[index];
        int alpha = argb >>> 24;
        out[o++] = (byte) onWhite(argb >> 16 & 0xff, alpha);
        out[o++] = (byte) onWhite(argb >> 8 & 0xff, alpha);
        out[o++] = (byte) onWhite(argb & 0xff, alpha);
      }
    }
    return new RgbImage(image.getWidth(), image.getHeight(), out);
  }

  private static RgbImage fromComponents(Path file, BufferedImage image) throws DataException {
    int bands = checkedBands(file, image);
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
        int opacity = alpha ? toEightBits[bands - 1][row[i + bands - 1]] : 255;
        for (int c = 0; c < 3; c++) {
          int band = gray ? 0 : c;
          out[o++] = (byte) onWhite(toEightBits[band][row[i + band]], opacity);
        }
      }
    }
    return new RgbImage(width, image.getHeight(), out);
  }

  /** Number of bands: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha; all else is refused. */
  private static int checkedBands(Path file, BufferedImage image) throws DataException {
    ColorModel model = image.getColorModel();
    int type = image.getRaster().getDataBuffer().getDataType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      throw refused(file, "has floating-point samples");
    }
    for (int bits : model.getComponentSize()) {
      if (bits > 16) {
        throw refused(file, "has samples of " + bits + " bits");
      }
    }
    int space = model.getColorSpace().getType();
    int bands = image.getRaster().getNumBands();
    int colours = model.hasAlpha() ? bands - 1 : bands;
    if (model.isAlphaPremultiplied() && model.hasAlpha()) {
      throw refused(file, "has colours already multiplied by their alpha");
    }
    if ((space == ColorSpace.TYPE_GRAY && colours == 1)
        || (space == ColorSpace.TYPE_RGB && colours == 3)) {
      return bands;
    }
    String name = space == ColorSpace.TYPE_CMYK ? "CMYK" : "unknown";
    throw refused(file, "has " + bands + " channels of " + name + " colours");
  }

  private static DataException refused(Path file, String finding) {
    return new DataException(
        file,
        finding
            + "; expected gray, palette or RGB samples of at most 16 bits; save it as 8-bit RGB PNG");
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

  private static int onWhite(int sample, int alpha) {
    return (sample * alpha + WHITE * (255 - alpha) + 127) / 255;
  }
}
