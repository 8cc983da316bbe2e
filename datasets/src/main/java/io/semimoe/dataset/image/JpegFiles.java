package io.semimoe.dataset.image;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Writes pictures to look at as JPEG; each file appears whole, as those of {@link PngFiles}. */
public final class JpegFiles {
  /** Little is lost to the eye at a tenth of the size of a PNG. */
  private static final double QUALITY = 0.9;

  private JpegFiles() {}

  /**
   * Writes an RGB image.
   *
   * @throws DataException if the file cannot be written
   */
  public static void writeRgb(Path file, RgbImage image) throws DataException {
    EncodedFile.write(file, EncodedFile.java2d(image), "jpeg", OptionalDouble.of(QUALITY));
  }
}
