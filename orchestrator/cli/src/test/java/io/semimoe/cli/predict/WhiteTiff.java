package io.semimoe.cli.predict;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A gray TIFF of any size in a few bytes: its writer left all tiles out, so that it is white. */
final class WhiteTiff {
  private static final int FIELDS = 10;
  private static final int START = 8;
  private static final int TILES = START + 2 + 12 * FIELDS + 4;
  private static final short LONG = 4;

  private WhiteTiff() {}

  /** Writes an image of at least two tiles, which are squares. */
  static Path write(Path file, int width, int height, int side) throws IOException {
    int tiles = ((width + side - 1) / side) * ((height + side - 1) / side);
    ByteBuffer tiff =
        ByteBuffer.allocate(TILES + Integer.BYTES * tiles).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(START);
    tiff.putShort((short) FIELDS);
    field(tiff, 256, 1, width);
    field(tiff, 257, 1, height);
    field(tiff, 258, 1, 8); // bits
    field(tiff, 259, 1, 1); // not compressed
    field(tiff, 262, 1, 1); // black is 0
    field(tiff, 277, 1, 1); // one channel
    field(tiff, 322, 1, side);
    field(tiff, 323, 1, side);
    field(tiff, 324, tiles, TILES); // places: all 0
    field(tiff, 325, tiles, TILES); // lengths: all 0
    return Files.write(file, tiff.array());
  }

  private static void field(ByteBuffer tiff, int tag, int count, int value) {
    tiff.putShort((short) tag).putShort(LONG).putInt(count).putInt(value);
  }
}
