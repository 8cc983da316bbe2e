package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import java.util.Optional;

/**
 * Where the pieces of an image lie in a file. Strips are tiles as wide as the image. A piece is
 * numbered row by row; with separate planes the planes follow one another.
 */
final class TileGrid {
  /** Larger pieces cannot be decoded one by one within small memory. */
  static final long MAX_TILE_PIXELS = 1L << 24;

  /** Uncompressed images in one strip are read in pieces of about so many bytes. */
  private static final int SLICE_BYTES = 1 << 20;

  private final int width;
  private final int height;
  private final boolean strips;
  private final int tileWidth;
  private final int tileHeight;
  private final int planes;
  private final long[] offsets;
  private final long[] byteCounts;

  private TileGrid(
      int width,
      int height,
      boolean strips,
      int tileWidth,
      int tileHeight,
      int planes,
      long[] offsets,
      long[] byteCounts) {
    this.width = width;
    this.height = height;
    this.strips = strips;
    this.tileWidth = tileWidth;
    this.tileHeight = tileHeight;
    this.planes = planes;
    this.offsets = offsets;
    this.byteCounts = byteCounts;
  }

  /**
   * Reads the places of the pieces.
   *
   * @return empty if the image is not stored in pieces that are small enough to be decoded one by
   *     one
   * @throws DataException if the directory contradicts itself or the file lacks some of the pieces
   */
  static Optional<TileGrid> of(TiffInput in, TiffDirectory directory, int width, int height)
      throws DataException {
    Optional<TileGrid> grid =
        directory.has(TiffTag.TILE_WIDTH)
            ? tiles(in, directory, width, height)
            : strips(in, directory, width, height);
    if (grid.isPresent()) {
      long[] offsets = grid.get().offsets;
      long[] byteCounts = grid.get().byteCounts;
      for (int i = 0; i < offsets.length; i++) {
        if (offsets[i] < 0 || byteCounts[i] < 0 || offsets[i] > in.length() - byteCounts[i]) {
          throw in.cutOff(offsets[i], byteCounts[i]);
        }
      }
    }
    return grid;
  }

  private static Optional<TileGrid> tiles(
      TiffInput in, TiffDirectory directory, int width, int height) throws DataException {
    long tileWidth = directory.integer(TiffTag.TILE_WIDTH, 0);
    long tileHeight = directory.integer(TiffTag.TILE_LENGTH, 0);
    if (tileWidth < 1 || tileHeight < 1 || tileWidth > 1 << 24 || tileHeight > 1 << 24) {
      throw new DataException(
          in.path(),
          "expected tiles, found sides of %d×%d; the file is damaged"
              .formatted(tileWidth, tileHeight));
    }
    if (tileWidth * tileHeight > MAX_TILE_PIXELS) {
      return Optional.empty();
    }
    long count = pieces(width, tileWidth) * pieces(height, tileHeight) * planes(directory);
    checkCount(in, directory, TiffTag.TILE_OFFSETS, count);
    checkCount(in, directory, TiffTag.TILE_BYTE_COUNTS, count);
    return Optional.of(
        new TileGrid(
            width,
            height,
            false,
            (int) tileWidth,
            (int) tileHeight,
            planes(directory),
            directory.integers(TiffTag.TILE_OFFSETS),
            directory.integers(TiffTag.TILE_BYTE_COUNTS)));
  }

  private static Optional<TileGrid> strips(
      TiffInput in, TiffDirectory directory, int width, int height) throws DataException {
    long rows = Math.min(height, directory.integer(TiffTag.ROWS_PER_STRIP, height));
    if (rows < 1) {
      throw new DataException(
          in.path(), "expected strips, found some of " + rows + " rows; the file is damaged");
    }
    long count = pieces(height, rows) * planes(directory);
    checkCount(in, directory, TiffTag.STRIP_OFFSETS, count);
    if (count == 1 && isPlain(directory)) {
      return slices(directory, width, height);
    }
    if (rows * width > MAX_TILE_PIXELS || !directory.has(TiffTag.STRIP_BYTE_COUNTS)) {
      return Optional.empty();
    }
    checkCount(in, directory, TiffTag.STRIP_BYTE_COUNTS, count);
    return Optional.of(
        new TileGrid(
            width,
            height,
            true,
            width,
            (int) rows,
            planes(directory),
            directory.integers(TiffTag.STRIP_OFFSETS),
            directory.integers(TiffTag.STRIP_BYTE_COUNTS)));
  }

  /** Cuts the single strip of an uncompressed image into slices of whole rows. */
  private static Optional<TileGrid> slices(TiffDirectory directory, int width, int height)
      throws DataException {
    long bits = 0;
    long samples = directory.integer(TiffTag.SAMPLES_PER_PIXEL, 1);
    if (directory.has(TiffTag.BITS_PER_SAMPLE)) {
      for (long sampleBits : directory.integers(TiffTag.BITS_PER_SAMPLE)) {
        bits += sampleBits;
      }
    } else {
      bits = samples;
    }
    long rowBytes = (bits * width + 7) / 8;
    int rows = (int) Math.max(1, Math.min(height, SLICE_BYTES / Math.max(1, rowBytes)));
    if ((long) rows * width > MAX_TILE_PIXELS) {
      return Optional.empty();
    }
    int count = (int) pieces(height, rows);
    long[] offsets = new long[count];
    long[] byteCounts = new long[count];
    long start = directory.integer(TiffTag.STRIP_OFFSETS, 0);
    for (int i = 0; i < count; i++) {
      int first = i * rows;
      offsets[i] = start + first * rowBytes;
      byteCounts[i] = Math.min(rows, height - first) * rowBytes;
    }
    return Optional.of(new TileGrid(width, height, true, width, rows, 1, offsets, byteCounts));
  }

  /** Whether the rows of a strip lie one after the other, uncompressed. */
  private static boolean isPlain(TiffDirectory directory) throws DataException {
    return directory.integer(TiffTag.COMPRESSION, TiffTag.COMPRESSION_NONE)
            == TiffTag.COMPRESSION_NONE
        && directory.integer(TiffTag.PHOTOMETRIC, 0) != TiffTag.PHOTOMETRIC_YCBCR
        && directory.integer(TiffTag.PREDICTOR, 1) == 1;
  }

  private static int planes(TiffDirectory directory) throws DataException {
    boolean separate =
        directory.integer(TiffTag.PLANAR_CONFIGURATION, 1) == TiffTag.PLANAR_SEPARATE;
    return separate ? (int) directory.integer(TiffTag.SAMPLES_PER_PIXEL, 1) : 1;
  }

  private static long pieces(long side, long piece) {
    return (side + piece - 1) / piece;
  }

  private static void checkCount(TiffInput in, TiffDirectory directory, int tag, long expected)
      throws DataException {
    if (directory.count(tag) != expected) {
      throw new DataException(
          in.path(),
          "expected %d pieces for an image of these sides, found %d in field %d; the file is damaged"
              .formatted(expected, directory.count(tag), tag));
    }
  }

  int tileWidth() {
    return tileWidth;
  }

  int tileHeight() {
    return tileHeight;
  }

  int columns() {
    return (int) pieces(width, tileWidth);
  }

  int rows() {
    return (int) pieces(height, tileHeight);
  }

  /** Rows that are stored of a piece: the last strip ends with the image, a tile never does. */
  int storedRows(int row) {
    return strips ? Math.min(tileHeight, height - row * tileHeight) : tileHeight;
  }

  /** Number of parts that a piece is stored in: one, or one per sample. */
  int planes() {
    return planes;
  }

  long offset(int column, int row, int plane) {
    return offsets[index(column, row, plane)];
  }

  long byteCount(int column, int row, int plane) {
    return byteCounts[index(column, row, plane)];
  }

  private int index(int column, int row, int plane) {
    return (plane * rows() + row) * columns() + column;
  }
}
