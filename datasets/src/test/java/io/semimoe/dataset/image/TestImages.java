package io.semimoe.dataset.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Makes image files of all kinds, sample by sample. */
public final class TestImages {
  private TestImages() {}

  /** Gray of 8 or 16 bits. */
  static BufferedImage gray(int bits, int width, int height, int... samples) {
    int type = bits == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY;
    return filled(new BufferedImage(width, height, type), samples);
  }

  /** Interleaved RGB, or RGB and alpha with four samples per pixel, of 8 bits. */
  static BufferedImage colour(int width, int height, int... samples) {
    boolean alpha = samples.length == width * height * 4;
    int type = alpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR;
    return filled(new BufferedImage(width, height, type), samples);
  }

  /** Samples of any number of channels and bits: {@code bands} interleaved per pixel. */
  static BufferedImage deep(int space, boolean alpha, int width, int height, int... samples) {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(width, height);
    return filled(new BufferedImage(model, raster, false, null), samples);
  }

  /** Palette indices; the colours are 0xAARRGGBB. */
  static BufferedImage palette(int bits, int[] colours, int width, int height, int... indices) {
    IndexColorModel model =
        new IndexColorModel(bits, colours.length, colours, 0, true, -1, DataBuffer.TYPE_BYTE);
    int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
    return filled(new BufferedImage(width, height, type, model), indices);
  }

  /** Writes the image in the named format and returns the file. */
  static Path write(Path file, String format, BufferedImage image) throws IOException {
    if (!ImageIO.write(image, format, file.toFile())) {
      throw new IOException("no writer for " + image + " as " + format);
    }
    return file;
  }

  /** Writes the image as TIFF, compressed as the writer of that format calls it. */
  static Path writeTiff(Path file, String compression, BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(compression);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return file;
  }

  /** Moves the samples of a TIFF of one strip, big-endian, behind all else that it holds. */
  static Path withStripLast(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer tiff = ByteBuffer.wrap(bytes);
    int directory = tiff.getInt(4);
    int offset = 0;
    int length = 0;
    for (int i = 0; i < tiff.getShort(directory); i++) {
      int field = directory + 2 + 12 * i;
      int tag = tiff.getShort(field);
      offset = tag == 273 ? field + 8 : offset;
      length = tag == 279 ? field + 8 : length;
    }
    int from = tiff.getInt(offset);
    byte[] strip = Arrays.copyOfRange(bytes, from, from + tiff.getInt(length));
    tiff.putInt(offset, bytes.length);
    Files.write(file, bytes);
    return Files.write(file, strip, StandardOpenOption.APPEND);
  }

  /** A JPEG of four equal-sized channels, without a loss to speak of where colour is constant. */
  static Path writeFourChannelJpeg(Path file, boolean adobeMarker, int... colour)
      throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, colour.length, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, colour);
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(plain)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    byte[] bytes = plain.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, 2);
    if (adobeMarker) {
      // Segment APP14 of 14 bytes: name, version 100, no flags, colour transform 0 (CMYK).
      out.writeBytes(
          new byte[] {
            (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
          });
    }
    out.write(bytes, 2, bytes.length - 2);
    return Files.write(file, out.toByteArray());
  }

  /** A TIFF of one row of 32-bit gray samples. */
  static Path labels32(Path file, int orientation, int... samples) throws IOException {
    return grayRow(file, 32, false, orientation, samples);
  }

  /** A TIFF of one row of gray samples of 1 to 32 bits, packed without gaps. */
  static Path grayRow(Path file, int bits, boolean whiteIsZero, int... samples) throws IOException {
    return grayRow(file, bits, whiteIsZero, 1, samples);
  }

  private static Path grayRow(
      Path file, int bits, boolean whiteIsZero, int orientation, int... samples)
      throws IOException {
    byte[] row = new byte[(bits * samples.length + 7) / 8];
    for (int i = 0; i < bits * samples.length; i++) {
      int bit = samples[i / bits] >>> (bits - 1 - i % bits) & 1;
      row[i / 8] |= (byte) (bit << (7 - i % 8));
    }
    int[][] fields = {
      {256, samples.length},
      {257, 1},
      {258, bits},
      {259, 1},
      {262, whiteIsZero ? 0 : 1},
      {273, 122},
      {274, orientation},
      {277, 1},
      {279, row.length}
    };
    ByteBuffer tiff = ByteBuffer.allocate(122 + row.length);
    tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
    tiff.putShort((short) fields.length);
    for (int[] field : fields) {
      tiff.putShort((short) field[0]).putShort((short) 4).putInt(1).putInt(field[1]);
    }
    tiff.putInt(0);
    tiff.put(row);
    return Files.write(file, tiff.array());
  }

  /** The JPEG with an EXIF segment that holds the orientation and nothing else. */
  public static byte[] withExif(byte[] jpeg, int orientation) {
    byte[] segment = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8, // header: the directory begins at 8
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, // one short, tag 274
      0,
      0,
      0,
      0 // no further directory
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(segment);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** A file with the first {@code share} of the bytes of another one. */
  static Path cut(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Path out = file.resolveSibling("cut-" + share + "-" + file.getFileName());
    return Files.write(out, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  private static BufferedImage filled(BufferedImage image, int... samples) {
    image.getRaster().setPixels(0, 0, image.getWidth(), image.getHeight(), samples);
    return image;
  }
}
