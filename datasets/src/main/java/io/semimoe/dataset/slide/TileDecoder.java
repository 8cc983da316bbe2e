package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.raster.Rasters;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes single pieces of an image: the piece is handed to the image decoder as a small TIFF of
 * its own. A reader's own source regions will not do: they decode every piece from the top of the
 * image, and cannot place pieces that are not at its left side.
 */
final class TileDecoder implements TileSource {
  private static final int[] COPIED = {
    TiffTag.BITS_PER_SAMPLE,
    TiffTag.COMPRESSION,
    TiffTag.PHOTOMETRIC,
    TiffTag.FILL_ORDER,
    TiffTag.SAMPLES_PER_PIXEL,
    TiffTag.PLANAR_CONFIGURATION,
    TiffTag.T4_OPTIONS,
    TiffTag.T6_OPTIONS,
    TiffTag.PREDICTOR,
    TiffTag.COLOR_MAP,
    TiffTag.EXTRA_SAMPLES,
    TiffTag.SAMPLE_FORMAT,
    TiffTag.JPEG_TABLES,
    TiffTag.YCBCR_COEFFICIENTS,
    TiffTag.YCBCR_SUBSAMPLING,
    TiffTag.YCBCR_POSITIONING,
    TiffTag.REFERENCE_BLACK_WHITE
  };

  private static final int HEADER = 8;

  private static final byte WHITE = (byte) 255;

  private final TiffInput in;
  private final TileGrid grid;
  private final List<TiffField> description = new ArrayList<>();

  TileDecoder(TiffInput in, TiffDirectory directory, TileGrid grid) throws DataException {
    this.in = in;
    this.grid = grid;
    for (int tag : COPIED) {
      directory.copy(tag).ifPresent(description::add);
    }
  }

  /**
   * One piece in full, also where it reaches beyond the image. A piece of no bytes is one that the
   * writer left out, and comes back white, the background of a slide.
   */
  @Override
  public RgbImage tile(int column, int row) throws DataException {
    int width = grid.tileWidth();
    int height = grid.storedRows(row);
    long stored = 0;
    for (int plane = 0; plane < grid.planes(); plane++) {
      stored += grid.byteCount(column, row, plane);
    }
    if (stored == 0) {
      byte[] white = new byte[width * height * 3];
      Arrays.fill(white, WHITE);
      return new RgbImage(width, height, white);
    }
    return ImageFiles.readRgb(in.path(), tiffOf(column, row, width, height, stored));
  }

  private byte[] tiffOf(int column, int row, int width, int height, long stored)
      throws DataException {
    ByteOrder order = in.order();
    int planes = grid.planes();
    List<TiffField> fields = new ArrayList<>(description);
    fields.add(TiffField.longs(TiffTag.IMAGE_WIDTH, order, width));
    fields.add(TiffField.longs(TiffTag.IMAGE_LENGTH, order, height));
    fields.add(TiffField.longs(TiffTag.ROWS_PER_STRIP, order, height));
    TiffField unplaced = TiffField.longs(TiffTag.STRIP_OFFSETS, order, new long[planes]);
    fields.add(unplaced);
    long[] byteCounts = new long[planes];
    for (int plane = 0; plane < planes; plane++) {
      byteCounts[plane] = grid.byteCount(column, row, plane);
    }
    fields.add(TiffField.longs(TiffTag.STRIP_BYTE_COUNTS, order, byteCounts));

    int start = HEADER + DirectoryBytes.size(fields, false);
    long length = start + stored;
    if (length > Rasters.LARGEST_ARRAY) {
      throw new DataException(in.path(), "has a tile of " + stored + " bytes, which is too large");
    }
    byte[] tiff = new byte[(int) length];
    long[] offsets = new long[planes];
    int position = start;
    for (int plane = 0; plane < planes; plane++) {
      offsets[plane] = position;
      int count = (int) byteCounts[plane];
      in.readInto(grid.offset(column, row, plane), tiff, position, count);
      position += count;
    }
    fields.remove(unplaced);
    fields.add(TiffField.longs(TiffTag.STRIP_OFFSETS, order, offsets));
    ByteBuffer head = ByteBuffer.wrap(tiff).order(order);
    byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    head.put(mark).put(mark).putShort((short) 42).putInt(HEADER);
    head.put(DirectoryBytes.encode(fields, order, false, HEADER, 0));
    return tiff;
  }
}
