package io.semimoe.dataset.slide;

import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures, and the pieces of them that test files are made of. */
final class TestSlides {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int DESCRIPTION = 270;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int PLANAR = 284;
  static final int PREDICTOR = 317;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int EXTRA_SAMPLES = 338;
  static final int JPEG_TABLES = 347;

  private TestSlides() {}

  /** Every pixel differs from its neighbours. */
  static RgbImage picture(int width, int height, long seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      rgb[i] = (byte) ((x * 5 + y * 3 * (i % 3 + 1) + random.nextInt(32)) & 0xff);
    }
    return new RgbImage(width, height, rgb);
  }

  /** The fields that every 8-bit RGB image has. */
  static TiffFixture.Image rgb(TiffFixture.Image image, int width, int height) {
    return image
        .longs(WIDTH, width)
        .longs(HEIGHT, height)
        .shorts(BITS, 8, 8, 8)
        .shorts(COMPRESSION, 1)
        .shorts(PHOTOMETRIC, 2)
        .shorts(SAMPLES, 3);
  }

  /** Uncompressed tiles of an image, those at the edge filled up with 77. */
  static TiffFixture.Image tiled(
      TiffFixture.Image image, RgbImage picture, int tileWidth, int tileHeight) {
    rgb(image, picture.width(), picture.height())
        .shorts(TILE_WIDTH, tileWidth)
        .shorts(TILE_HEIGHT, tileHeight);
    for (int y = 0; y < picture.height(); y += tileHeight) {
      for (int x = 0; x < picture.width(); x += tileWidth) {
        image.piece(tile(picture, x, y, tileWidth, tileHeight));
      }
    }
    return image;
  }

  static byte[] tile(RgbImage picture, int x, int y, int width, int height) {
    byte[] out = new byte[width * height * 3];
    Arrays.fill(out, (byte) 77);
    int copied = Math.min(width, picture.width() - x);
    for (int row = 0; row < Math.min(height, picture.height() - y); row++) {
      System.arraycopy(
          picture.rgb(), ((y + row) * picture.width() + x) * 3, out, row * width * 3, copied * 3);
    }
    return out;
  }

  static byte[] deflated(byte[] raw) {
    Deflater deflater = new Deflater();
    deflater.setInput(raw);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** A JPEG of interleaved RGB samples: YCbCr with JFIF marker, or the three channels as such. */
  static byte[] jpeg(byte[] rgb, int width, int height, boolean yCbCr) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3, null);
    raster.setDataElements(0, 0, width, height, rgb);
    IIOImage content;
    if (yCbCr) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      image.setData(raster);
      content = new IIOImage(image, null, null);
    } else {
      content = new IIOImage(raster, null, null);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, content, null);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** The segments of a JPEG that hold its tables, as a stream of their own; or all the others. */
  static byte[] segments(byte[] jpeg, boolean tables) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    int at = 2;
    while (true) {
      int marker = jpeg[at + 1] & 0xff;
      int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
      boolean table = marker == 0xdb || marker == 0xc4;
      if (marker == 0xda) {
        if (tables) {
          out.write(0xff);
          out.write(0xd9);
        } else {
          out.write(jpeg, at, jpeg.length - at);
        }
        return out.toByteArray();
      }
      if (table == tables) {
        out.write(jpeg, at, length);
      }
      at += length;
    }
  }
}
