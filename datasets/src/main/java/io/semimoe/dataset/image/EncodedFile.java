package io.semimoe.dataset.image;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalDouble;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes images in a format that this Java has a writer for; each file appears whole. */
final class EncodedFile {
  private EncodedFile() {}

  /** Returns the image as Java 2D has it, 8 bits per sample. */
  static BufferedImage java2d(RgbImage image) {
    BufferedImage out =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) out.getRaster().getDataBuffer()).getData();
    byte[] rgb = image.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return out;
  }

  /**
   * Writes a file, which is replaced if it exists.
   *
   * @param format name of the format
   * @param quality quality of a lossy format, in [0, 1]
   * @throws DataException if the file cannot be written
   */
  static void write(Path file, BufferedImage image, String format, OptionalDouble quality)
      throws DataException {
    try (NewFile pending = NewFile.of(file)) {
      try (OutputStream out = Files.newOutputStream(pending.path());
          ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
        encode(image, stream, format, quality);
      } catch (IOException e) {
        IOException reason = root(e) instanceof IOException root ? root : e;
        throw new DataException(file, "cannot be written: " + FileFailure.reason(reason), e);
      }
      pending.publish();
    }
  }

  /** Image I/O only says that there was an error; what it was, the innermost cause says. */
  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static void encode(
      BufferedImage image, ImageOutputStream out, String format, OptionalDouble quality)
      throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    if (!writers.hasNext()) {
      throw new IOException("this Java has no writer for " + format);
    }
    ImageWriter writer = writers.next();
    try {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (quality.isPresent()) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality((float) quality.getAsDouble());
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
