package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.zip.Deflater;

/**
 * Writes a tiled TIFF of any size from bands of rows, top to bottom: tiles of 256×256, Deflate,
 * little-endian, a BigTIFF where it grows beyond 4 GiB. The levels of a pyramid follow as further
 * directories marked as reduced versions, which is what OpenSlide, libvips and QuPath read.
 *
 * <p>Memory: the rows of one row of tiles, 256·width pixels, and half of that for each smaller
 * level; the height costs 16 bytes per tile. Nearly all time goes into compression.
 *
 * <p>The file appears under its name only by {@link #finish()}, or {@link #complete()} and {@link
 * #publish()}; closing the writer before deletes what was written. Not for several threads at once.
 *
 * <pre>{@code
 * try (TiffWriter writer = TiffWriter.create(file, TiffLayout.of(w, h, TiffContent.MASK))) {
 *   writer.append(band); // until all rows are there
 *   writer.finish();
 * }
 * }</pre>
 */
public final class TiffWriter implements AutoCloseable {
  /** Offsets of a classic TIFF have 32 bits. */
  private static final long CLASSIC_LIMIT = 0xffff_ffffL;

  private final TiffLayout layout;
  private final NewFile file;
  private final TiffOutput out;
  private final TileLevel full;
  private final Deflater deflater = new Deflater(TileLevel.DEFLATE_LEVEL);
  private int rows;
  private boolean done;
  private boolean complete;

  private TiffWriter(TiffLayout layout, NewFile file, TiffOutput out, TileLevel full) {
    this.layout = layout;
    this.file = file;
    this.out = out;
    this.full = full;
  }

  /**
   * Starts a file in a folder that exists. A file of that name is replaced in the end.
   *
   * @throws DataException if nothing can be written there
   */
  public static TiffWriter create(Path file, TiffLayout layout) throws DataException {
    return create(file, layout, CLASSIC_LIMIT);
  }

  /** Starts a file that is a BigTIFF where it is longer than {@code classicLimit}. */
  static TiffWriter create(Path file, TiffLayout layout, long classicLimit) throws DataException {
    NewFile pending = NewFile.of(file);
    boolean started = false;
    try {
      // The rows first: if the memory does not suffice for them, nothing is open yet.
      TileLevel full = TileLevel.full(layout);
      TiffOutput out = new TiffOutput(pending.path(), classicLimit);
      started = true;
      return new TiffWriter(layout, pending, out, full);
    } catch (IOException e) {
      throw FileFailure.unwritable(file, e);
    } finally {
      if (!started) {
        pending.close();
      }
    }
  }

  /**
   * Appends rows of a mask (what is not 0 becomes 255) or of labels.
   *
   * @throws IllegalArgumentException if the content is something else, the width differs, there are
   *     more rows than the layout has, or a label does not fit
   * @throws IllegalStateException if the writer is finished or closed
   * @throws DataException if the file cannot be written
   */
  public void append(LabelMap band) throws DataException {
    TiffContent content = layout.content();
    boolean labels = content == TiffContent.LABELS16 || content == TiffContent.LABELS32;
    check(labels || content == TiffContent.MASK, "labels", band.width(), band.height());
    int[] values = band.labels();
    SampleBytes.checkLabels(band, content);
    byte[] row = row();
    for (int y = 0; y < band.height(); y++) {
      SampleBytes.labels(values, y * band.width(), content, row);
      add(row);
    }
  }

  /**
   * Appends rows of probabilities.
   *
   * @throws IllegalArgumentException if the content is something else, the width differs, there are
   *     more rows than the layout has, or a value is not in [0, 1]
   * @throws IllegalStateException if the writer is finished or closed
   * @throws DataException if the file cannot be written
   */
  public void append(FloatMap band) throws DataException {
    TiffContent content = layout.content();
    check(content == TiffContent.PROBABILITY16, "probabilities", band.width(), band.height());
    SampleBytes.checkProbabilities(band.values());
    byte[] row = row();
    for (int y = 0; y < band.height(); y++) {
      SampleBytes.probabilities(band.values(), y * band.width(), row);
      add(row);
    }
  }

  /**
   * Appends rows of an RGB image.
   *
   * @throws IllegalArgumentException if the content is something else, the width differs, or there
   *     are more rows than the layout has
   * @throws IllegalStateException if the writer is finished or closed
   * @throws DataException if the file cannot be written
   */
  public void append(RgbImage band) throws DataException {
    check(layout.content() == TiffContent.RGB, "colours", band.width(), band.height());
    byte[] row = row();
    for (int y = 0; y < band.height(); y++) {
      System.arraycopy(band.rgb(), y * row.length, row, 0, row.length);
      add(row);
    }
  }

  private byte[] row() {
    return new byte[layout.width() * layout.content().bytesPerPixel()];
  }

  private void check(boolean fits, String kind, int width, int height) {
    if (done) {
      throw new IllegalStateException(file.target() + ": is finished; no more rows can be added");
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: expected rows of %s, found %s".formatted(file.target(), layout.content(), kind));
    }
    if (width != layout.width() || height > layout.height() - rows) {
      throw new IllegalArgumentException(
          "%s: expected rows of %d pixels and at most %d of them, found %d×%d"
              .formatted(file.target(), layout.width(), layout.height() - rows, width, height));
    }
  }

  private void add(byte[] row) throws DataException {
    try {
      full.add(row, deflater, out);
    } catch (IOException e) {
      throw FileFailure.unwritable(file.target(), e);
    }
    rows++;
  }

  /**
   * Completes the file and gives it its name.
   *
   * @throws IllegalStateException if rows are missing, or the writer is finished or closed
   * @throws DataException if the file cannot be written
   */
  public void finish() throws DataException {
    complete();
    publish();
  }

  /**
   * Completes the file without giving it its name, for a file that must not appear before others
   * are complete too.
   *
   * @throws IllegalStateException if rows are missing, or the writer is finished or closed
   * @throws DataException if the file cannot be written
   */
  public void complete() throws DataException {
    if (done || rows != layout.height()) {
      throw new IllegalStateException(
          "%s: expected %d rows before it is finished once, found %d"
              .formatted(file.target(), layout.height(), rows));
    }
    done = true;
    try (out) {
      out.finish(full.chain(), layout);
    } catch (IOException e) {
      throw FileFailure.unwritable(file.target(), e);
    }
    complete = true;
  }

  /**
   * Gives a complete file its name.
   *
   * @throws IllegalStateException if the file is not complete, has its name already or was closed
   * @throws DataException if it cannot be moved
   */
  public void publish() throws DataException {
    if (!complete) {
      throw new IllegalStateException(
          file.target() + ": expected a complete file that has no name yet");
    }
    file.publish();
    complete = false;
  }

  /** Deletes the file unless it is finished. May be called again. */
  @Override
  public void close() {
    done = true;
    complete = false;
    deflater.end();
    try (file) {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.target() + ": cannot be closed", e);
    }
  }
}
