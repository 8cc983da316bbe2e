package io.semimoe.dataset.slide;

import static io.semimoe.dataset.slide.TiffLayout.TILE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;

/**
 * One level of a TIFF that is being written. Takes rows from top to bottom, keeps those of one row
 * of tiles, writes the tiles when they are full, and passes halved rows to the next level.
 */
final class TileLevel {
  static final int DEFLATE_LEVEL = 4;
  private static final long MICRONS_PER_CENTIMETRE = 10_000;

  private final TiffContent content;
  private final int width;
  private final int height;
  private final boolean reduced;
  private final Optional<TileLevel> next;
  private final Reduction reduction;
  private final byte[] band;
  private final byte[] tile;
  private final byte[] packed;
  private final long[] offsets;
  private final long[] byteCounts;
  private int rows;
  private int tiles;

  private TileLevel(TiffContent content, int width, int height, boolean reduced, boolean pyramid) {
    this.content = content;
    this.width = width;
    this.height = height;
    this.reduced = reduced;
    this.reduction = new Reduction(content);
    int pixelBytes = content.bytesPerPixel();
    this.band = new byte[Math.min(TILE, height) * width * pixelBytes];
    this.tile = new byte[TILE * TILE * pixelBytes];
    // Deflate adds 5 bytes per block of 16 KiB at worst, and a frame.
    this.packed = new byte[tile.length + tile.length / 1000 + 64];
    int count = Math.toIntExact(pieces(width) * pieces(height));
    this.offsets = new long[count];
    this.byteCounts = new long[count];
    boolean more = pyramid && (width > TILE || height > TILE);
    this.next =
        more
            ? Optional.of(
                new TileLevel(content, Reduction.half(width), Reduction.half(height), true, true))
            : Optional.empty();
  }

  static TileLevel full(TiffLayout layout) {
    return new TileLevel(
        layout.content(), layout.width(), layout.height(), false, layout.pyramid());
  }

  /** This level and the smaller ones. */
  List<TileLevel> chain() {
    List<TileLevel> chain = new ArrayList<>();
    chain.add(this);
    next.ifPresent(level -> chain.addAll(level.chain()));
    return chain;
  }

  /** Takes the next row, whose bytes are copied. */
  void add(byte[] row, Deflater deflater, TiffOutput out) throws IOException {
    int inBand = rows % TILE;
    System.arraycopy(row, 0, band, inBand * row.length, row.length);
    rows++;
    boolean last = rows == height;
    if (next.isPresent()) {
      boolean second = inBand % 2 == 1;
      if (second) {
        int above = (inBand - 1) * row.length;
        byte[] upper = Arrays.copyOfRange(band, above, above + row.length);
        next.get().add(reduction.reduce(upper, row, width), deflater, out);
      } else if (last) {
        next.get().add(reduction.reduce(row, row, width), deflater, out);
      }
    }
    if (last || inBand == TILE - 1) {
      writeTiles(inBand + 1, deflater, out);
    }
  }

  private void writeTiles(int bandRows, Deflater deflater, TiffOutput out) throws IOException {
    int pixelBytes = content.bytesPerPixel();
    for (int x = 0; x < width; x += TILE) {
      int columns = Math.min(TILE, width - x);
      if (columns < TILE || bandRows < TILE) {
        Arrays.fill(tile, (byte) 0);
      }
      for (int y = 0; y < bandRows; y++) {
        System.arraycopy(
            band, (y * width + x) * pixelBytes, tile, y * TILE * pixelBytes, columns * pixelBytes);
      }
      deflater.reset();
      deflater.setInput(tile);
      deflater.finish();
      int count = deflater.deflate(packed);
      if (!deflater.finished()) {
        throw new IllegalStateException("a tile grew by compression beyond what Deflate allows");
      }
      offsets[tiles] = out.append(packed, count);
      byteCounts[tiles] = count;
      tiles++;
    }
  }

  /** The directory of this level, once all rows have come. */
  List<TiffField> fields(TiffLayout layout, boolean big) {
    int[] perSample = new int[content.samples()];
    List<TiffField> fields = new ArrayList<>();
    fields.add(longs(TiffTag.NEW_SUBFILE_TYPE, reduced ? TiffTag.REDUCED_IMAGE : 0));
    fields.add(longs(TiffTag.IMAGE_WIDTH, width));
    fields.add(longs(TiffTag.IMAGE_LENGTH, height));
    Arrays.fill(perSample, content.bits());
    fields.add(shorts(TiffTag.BITS_PER_SAMPLE, perSample));
    fields.add(shorts(TiffTag.COMPRESSION, TiffTag.COMPRESSION_DEFLATE));
    fields.add(
        shorts(
            TiffTag.PHOTOMETRIC,
            content.samples() == 3 ? TiffTag.PHOTOMETRIC_RGB : TiffTag.PHOTOMETRIC_BLACK_IS_ZERO));
    fields.add(shorts(TiffTag.SAMPLES_PER_PIXEL, content.samples()));
    if (layout.micronsPerPixel().isPresent()) {
      double microns = layout.micronsPerPixel().getAsDouble() * layout.width() / width;
      addResolution(fields, MICRONS_PER_CENTIMETRE / microns);
    }
    fields.add(TiffField.text(TiffTag.SOFTWARE, "Semi-MoE for Java"));
    fields.add(longs(TiffTag.TILE_WIDTH, TILE));
    fields.add(longs(TiffTag.TILE_LENGTH, TILE));
    fields.add(places(TiffTag.TILE_OFFSETS, big, offsets));
    fields.add(places(TiffTag.TILE_BYTE_COUNTS, big, byteCounts));
    Arrays.fill(perSample, 1);
    fields.add(shorts(TiffTag.SAMPLE_FORMAT, perSample));
    return fields;
  }

  /** Pixels per centimetre as a fraction of 32-bit numbers with as many digits as they hold. */
  private static void addResolution(List<TiffField> fields, double perCentimetre) {
    long denominator = 1;
    while (denominator < 100_000_000 && perCentimetre * denominator * 10 < 0xffff_ffffL) {
      denominator *= 10;
    }
    long numerator = Math.max(1, Math.round(perCentimetre * denominator));
    fields.add(TiffField.rational(TiffTag.X_RESOLUTION, TiffOutput.ORDER, numerator, denominator));
    fields.add(TiffField.rational(TiffTag.Y_RESOLUTION, TiffOutput.ORDER, numerator, denominator));
    fields.add(shorts(TiffTag.RESOLUTION_UNIT, TiffTag.UNIT_CENTIMETRE));
  }

  private static long pieces(int side) {
    return ((long) side + TILE - 1) / TILE;
  }

  private static TiffField shorts(int tag, int... values) {
    return TiffField.shorts(tag, TiffOutput.ORDER, values);
  }

  private static TiffField longs(int tag, long... values) {
    return TiffField.longs(tag, TiffOutput.ORDER, values);
  }

  private static TiffField places(int tag, boolean big, long[] values) {
    return big ? TiffField.longs8(tag, TiffOutput.ORDER, values) : longs(tag, values);
  }
}
