package io.semimoe.dataset.image;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Writes rasters as PNG. Each file appears whole or not at all: it is written under another name in
 * the same folder, which must exist, and then moved. A file of that name is replaced.
 */
public final class PngFiles {
  private static final int MAX_SAMPLE = 65_535;

  private PngFiles() {}

  /**
   * Writes an RGB image, 8 bits per sample.
   *
   * @throws DataException if the file cannot be written
   */
  public static void writeRgb(Path file, RgbImage image) throws DataException {
    write(file, EncodedFile.java2d(image));
  }

  /**
   * Writes a mask as 8-bit gray: 0 for background, 255 for every other label.
   *
   * @throws DataException if the file cannot be written
   */
  public static void writeMask(Path file, LabelMap mask) throws DataException {
    BufferedImage out =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] gray = bytes(out);
    int[] labels = mask.labels();
    for (int i = 0; i < labels.length; i++) {
      gray[i] = (byte) (labels[i] != 0 ? 255 : 0);
    }
    write(file, out);
  }

  /**
   * Writes an instance map as 16-bit gray, the sample being the label.
   *
   * @throws DataException if the file cannot be written, or a label is above 65535
   */
  public static void writeLabels(Path file, LabelMap map) throws DataException {
    if (map.maxLabel() > LabelMap.LARGEST_OF_16_BITS) {
      throw new DataException(
          file,
          "the label %d does not fit a 16-bit PNG (at most %d)"
              .formatted(map.maxLabel(), LabelMap.LARGEST_OF_16_BITS));
    }
    BufferedImage out =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_USHORT_GRAY);
    short[] gray = shorts(out);
    int[] labels = map.labels();
    for (int i = 0; i < labels.length; i++) {
      gray[i] = (short) labels[i];
    }
    write(file, out);
  }

  /**
   * Writes probabilities 0..1 as 16-bit gray, round(65535·p).
   *
   * @throws DataException if the file cannot be written
   * @throws IllegalArgumentException if a value is not in [0, 1]
   */
  public static void writeProbabilities16(Path file, FloatMap map) throws DataException {
    BufferedImage out =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_USHORT_GRAY);
    short[] gray = shorts(out);
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (short) scaled(map, i);
    }
    write(file, out);
  }

  private static int scaled(FloatMap map, int index) {
    float value = map.values()[index];
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "probability map: expected values in [0, 1], found "
              + value
              + " at ("
              + index % map.width()
              + ", "
              + index / map.width()
              + ")");
    }
    return Math.round(value * MAX_SAMPLE);
  }

  private static byte[] bytes(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  private static short[] shorts(BufferedImage image) {
    return ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
  }

  private static void write(Path file, BufferedImage image) throws DataException {
    EncodedFile.write(file, image, "png", OptionalDouble.empty());
  }
}
