package io.semimoe.dataset.image;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import com.twelvemonkeys.imageio.stream.BufferedFileImageInputStream;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.RegularFile;
import io.semimoe.dataset.raster.Dihedral;
import io.semimoe.dataset.raster.Rasters;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Finds the ImageIO reader for a file and turns each way of failing into a {@link DataException}.
 */
final class Decoder {
  /** Decoder's raster and our own copy of it together stay below this many bytes per pixel. */
  private static final int BYTES_PER_PIXEL = 12;

  /** The tag of TIFF that says what further channels are: 0 something else, 1 and 2 alpha. */
  private static final int EXTRA_SAMPLES = 338;

  private static final String EARLY_END = "it ends too early";

  /** CMYK and alpha. */
  private static final int MAX_BANDS = 5;

  /**
   * A decoded image.
   *
   * @param image its pixels as they are stored
   * @param format name of its file format in lower case, for example {@code png}
   * @param upright how to turn or mirror it for looking at
   */
  record Decoded(BufferedImage image, String format, Dihedral upright) {
    boolean isJpeg() {
      return format.startsWith("jp");
    }
  }

  @FunctionalInterface
  private interface Use<T> {
    T apply(ImageReader reader) throws IOException, DataException;
  }

  @FunctionalInterface
  private interface Opening {
    ImageInputStream open() throws IOException;
  }

  private Decoder() {}

  static ImageSize size(Path file) throws DataException {
    return withReader(file, reader -> uprightSize(file, reader));
  }

  static boolean isTurned(Path file) throws DataException {
    return withReader(file, reader -> Orientation.upright(file, reader) != Dihedral.IDENTITY);
  }

  static Decoded decode(Path file, long maxPixels) throws DataException {
    return withReader(file, reader -> decode(file, reader, maxPixels));
  }

  /** Decodes a file's content, or a part of it that is an image by itself, from memory. */
  static Decoded decode(Path file, byte[] content, long maxPixels) throws DataException {
    return withReader(
        file,
        () -> new ByteArrayImageInputStream(content),
        reader -> decode(file, reader, maxPixels));
  }

  /** Refuses an image, by its sides, that has too many pixels or does not fit into memory. */
  static void checkSize(Path file, ImageSize size, long maxPixels) throws DataException {
    long pixels = (long) size.width() * size.height();
    if (pixels > maxPixels) {
      throw new DataException(
          file,
          "has %s pixels, that is %d; at most %d are decoded at once. If the file can be trusted raise"
                  .formatted(size, pixels, maxPixels)
              + " the limit, or save it as a tiled TIFF");
    }
    long needed = pixels * BYTES_PER_PIXEL;
    long available = Runtime.getRuntime().maxMemory();
    if (needed > available || pixels * 4 > Rasters.LARGEST_ARRAY) {
      throw new DataException(
          file,
          "%s pixels need up to %d MiB of memory, the Java machine has %d MiB; save the image as a"
                  .formatted(size, needed >> 20, available >> 20)
              + " tiled TIFF, cut it into tiles or give Java more memory (-Xmx)");
    }
  }

  private static Decoded decode(Path file, ImageReader reader, long maxPixels)
      throws IOException, DataException {
    checkSize(file, size(file, reader), maxPixels);
    checkBands(file, reader);
    BufferedImage image = readWhole(file, reader);
    checkIndices(file, image);
    checkAlpha(file, reader, image);
    return new Decoded(image, formatOf(reader), Orientation.upright(file, reader));
  }

  /** Decodes, and refuses what the decoder would fill up. */
  private static BufferedImage readWhole(Path file, ImageReader reader)
      throws IOException, DataException {
    DamageListener damage = new DamageListener();
    reader.addIIOReadWarningListener(damage);
    RoomyStream stream = reader.getInput() instanceof RoomyStream roomy ? roomy : null;
    if (stream != null) {
      stream.forgetRunningOut();
    }
    BufferedImage image = reader.read(0);
    String message = damage.message();
    if (message == null && stream != null && stream.ranOut()) {
      message = EARLY_END;
    }
    if (message != null) {
      throw new DataException(
          file,
          "expected a whole image, found a damaged or cut off one ("
              + message
              + "); copy it again");
    }
    return image;
  }

  /** The sides of the image as it is stored. */
  private static ImageSize size(Path file, ImageReader reader) throws IOException, DataException {
    ImageSize size = new ImageSize(reader.getWidth(0), reader.getHeight(0));
    if (size.width() < 1 || size.height() < 1) {
      throw new DataException(
          file, "expected an image of at least 1×1 pixels, found " + size + "; copy it again");
    }
    return size;
  }

  /** The sides of the image as it is looked at. */
  private static ImageSize uprightSize(Path file, ImageReader reader)
      throws IOException, DataException {
    ImageSize size = size(file, reader);
    return Orientation.upright(file, reader).swapsSides()
        ? new ImageSize(/* width= */ size.height(), /* height= */ size.width())
        : size;
  }

  /** Channels beyond those of any picture would need memory that the sides do not tell of. */
  private static void checkBands(Path file, ImageReader reader) throws IOException, DataException {
    ImageTypeSpecifier type = reader.getRawImageType(0);
    if (type != null && type.getNumBands() > MAX_BANDS) {
      throw new DataException(
          file, "has %d channels; expected at most %d".formatted(type.getNumBands(), MAX_BANDS));
    }
  }

  /** Decoders of TIFF take a fourth channel for transparency, whatever it is. */
  private static void checkAlpha(Path file, ImageReader reader, BufferedImage image)
      throws IOException, DataException {
    if (formatOf(reader).startsWith("tif")
        && image.getColorModel().hasAlpha()
        && !isTransparency(reader)) {
      throw new DataException(
          file,
          "is a TIFF with a further channel that it does not say to be transparency (tag"
              + " ExtraSamples); save it as RGB PNG");
    }
  }

  private static boolean isTransparency(ImageReader reader) throws IOException {
    Entry samples = ((TIFFImageMetadata) reader.getImageMetadata(0)).getTIFFField(EXTRA_SAMPLES);
    return samples != null && samples.getValue() instanceof Number kind && kind.intValue() > 0;
  }

  static String formatOf(ImageReader reader) throws IOException {
    return reader.getFormatName().toLowerCase(Locale.ROOT);
  }

  /** A palette image may hold indices for which its palette has no colour. */
  private static void checkIndices(Path file, BufferedImage image) throws DataException {
    if (!(image.getColorModel() instanceof IndexColorModel palette)
        || palette.getMapSize() == 1 << palette.getPixelSize()) {
      return;
    }
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int index : image.getRaster().getPixels(0, y, row.length, 1, row)) {
        if (index >= palette.getMapSize()) {
          throw new DataException(
              file,
              "holds the palette index %d, its palette has %d colours; the file is damaged"
                  .formatted(index, palette.getMapSize()));
        }
      }
    }
  }

  private static <T> T withReader(Path file, Use<T> use) throws DataException {
    checkFile(file);
    return withReader(file, () -> opened(file), use);
  }

  /**
   * Not by a channel, as ImageIO opens files: decoders wrap it in others, and two threads would
   * wait for each other when an interrupt closes one within the other.
   */
  @SuppressWarnings("deprecation")
  private static ImageInputStream opened(Path file) throws IOException {
    return new BufferedFileImageInputStream(file.toFile());
  }

  /**
   * Reads, whatever interrupts the thread: decoders take an interrupt for damage, since channels
   * close at it. The thread is interrupted as before afterwards.
   */
  private static <T> T withReader(Path file, Opening opening, Use<T> use) throws DataException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return once(file, opening, use);
        } catch (DataException e) {
          if (!Thread.interrupted()) {
            throw e;
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T once(Path file, Opening opening, Use<T> use) throws DataException {
    try (ImageInputStream stream = opening.open()) {
      if (stream == null) {
        throw new DataException(file, "cannot be opened");
      }
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new DataException(
            file,
            "expected a PNG, BMP, TIFF or JPEG image, found something else; replace the file");
      }
      ImageReader reader = readers.next();
      try {
        boolean tiff = formatOf(reader).startsWith("tif");
        reader.setInput(tiff ? new RoomyStream(stream) : stream, true, true);
        return use.apply(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Decoders answer damaged files with all kinds of unchecked exceptions.
      throw new DataException(
          file,
          "expected a whole image of a kind that is supported, found one that cannot be decoded"
              + reason(e)
              + "; copy it again if it is damaged or cut off, else save it as PNG",
          e);
    }
  }

  /** What a decoder says of the file; where it stumbled over damage, its message is of its code. */
  private static String reason(Exception e) {
    if (e instanceof EOFException) {
      return " (" + EARLY_END + ")";
    }
    return e instanceof IOException && e.getMessage() != null ? " (" + e.getMessage() + ")" : "";
  }

  static void checkFile(Path file) throws DataException {
    if (file.getFileSystem() != FileSystems.getDefault()) {
      throw new DataException(
          file, "lies in a file system of another kind; copy it out to read it as an image");
    }
    if (Files.isDirectory(file)) {
      throw new DataException(file, "is a folder; expected an image file");
    }
    if (!Files.exists(file)) {
      throw new DataException(file, "does not exist; expected an image file");
    }
    if (!Files.isReadable(file)) {
      throw new DataException(file, "may not be read; check the file's permissions");
    }
    try {
      if (RegularFile.length(file) == 0) {
        throw new DataException(file, "expected an image, found an empty file; copy it again");
      }
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
  }
}
