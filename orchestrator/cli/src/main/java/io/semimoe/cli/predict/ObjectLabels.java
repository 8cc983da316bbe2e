package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import io.semimoe.inference.object.PixelRuns;
import io.semimoe.inference.object.SegmentedObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The number of the object at each pixel, 0 = background, as a tiled TIFF: 16 bits, or 32 for more
 * than 65 535 objects.
 *
 * <p>Objects end in another order than their rows come, so they are gathered in a file of 4 bytes a
 * pixel first (sparse where the disk allows it), hidden beside the TIFF and deleted at the end.
 * Memory: a row of tiles.
 */
final class ObjectLabels implements ObjectFile {
  private final TiffLayout layout;
  private final Path target;
  private final NewFile gathered;
  private final FileChannel channel;
  private Optional<TiffWriter> tiff = Optional.empty();
  private int greatest;

  private ObjectLabels(TiffLayout layout, Path target, NewFile gathered, FileChannel channel) {
    this.layout = layout;
    this.target = target;
    this.gathered = gathered;
    this.channel = channel;
  }

  /**
   * Begins a label image.
   *
   * @param layout its size; the content becomes labels of as many bits as are needed
   * @throws DataException if nothing can be written there
   */
  static ObjectLabels create(Path target, TiffLayout layout) throws DataException {
    NewFile gathered = NewFile.of(target);
    try {
      FileChannel channel =
          FileChannel.open(gathered.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new ObjectLabels(layout, target, gathered, channel);
    } catch (IOException e) {
      gathered.close();
      throw FileFailure.unwritable(target, e);
    }
  }

  /**
   * Writes labels that are in memory.
   *
   * @throws DataException if the file cannot be written
   */
  static void write(Path target, LabelMap labels, TiffLayout layout) throws DataException {
    try (TiffWriter writer = TiffWriter.create(target, sized(layout, labels.maxLabel()))) {
      writer.append(labels);
      writer.finish();
    }
  }

  @Override
  public void add(SegmentedObject object) throws DataException {
    PixelRuns runs = object.runs();
    greatest = Math.max(greatest, object.id());
    try {
      for (int i = 0; i < runs.count(); i++) {
        ByteBuffer pixels = ByteBuffer.allocate(Integer.BYTES * (runs.end(i) - runs.start(i)));
        while (pixels.hasRemaining()) {
          pixels.putInt(object.id());
        }
        long at = (long) runs.row(i) * layout.width() + runs.start(i);
        writeAll(pixels.flip(), Integer.BYTES * at);
      }
    } catch (IOException e) {
      throw FileFailure.unwritable(target, e);
    }
  }

  @Override
  public void complete() throws DataException {
    TiffWriter writer = TiffWriter.create(target, sized(layout, greatest));
    tiff = Optional.of(writer);
    try {
      ByteBuffer row = ByteBuffer.allocate(Integer.BYTES * layout.width());
      for (int y = 0; y < layout.height(); y++) {
        readAll(row.clear(), (long) y * row.capacity());
        int[] labels = new int[layout.width()];
        row.flip().asIntBuffer().get(labels);
        writer.append(new LabelMap(layout.width(), 1, labels));
      }
    } catch (IOException e) {
      throw FileFailure.unwritable(target, e);
    }
    writer.complete();
  }

  @Override
  public void publish() throws DataException {
    tiff.orElseThrow().publish();
  }

  @Override
  public void close() {
    try (gathered;
        channel) {
      tiff.ifPresent(TiffWriter::close);
    } catch (IOException e) {
      throw new UncheckedIOException(target + ": cannot be closed", e);
    }
  }

  private static TiffLayout sized(TiffLayout layout, int greatest) {
    TiffContent content =
        greatest > LabelMap.LARGEST_OF_16_BITS ? TiffContent.LABELS32 : TiffContent.LABELS16;
    return layout.withContent(content);
  }

  private void writeAll(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** Reads until the buffer is full; what was never written is 0, also behind the file's end. */
  private void readAll(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        bytes.put(new byte[bytes.remaining()]);
      } else {
        at += read;
      }
    }
  }
}
