package io.semimoe.dataset.slide;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * The container of a TIFF that is being written: first the pieces, at the end the directories, and
 * then the header. Only there is it known whether the file has grown beyond 4 GiB and has to be a
 * BigTIFF; room for either header is kept.
 */
final class TiffOutput implements Closeable {
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private static final int BIG_HEADER = 16;
  private static final int CLASSIC_HEADER = 8;

  private final RandomAccessFile file;
  private final long classicLimit;
  private long position = BIG_HEADER;

  /** Starts a file; {@code classicLimit} is the length up to which it is a classic TIFF. */
  TiffOutput(Path path, long classicLimit) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "rw");
    this.classicLimit = classicLimit;
    file.seek(position);
  }

  /** Appends a piece and returns where it begins, which is an even position. */
  long append(byte[] bytes, int count) throws IOException {
    long start = position;
    file.write(bytes, 0, count);
    position += count;
    if ((position & 1) == 1) {
      file.write(0);
      position++;
    }
    return start;
  }

  /** Appends the directories, chained in their order, and writes the header. */
  void finish(List<TileLevel> levels, TiffLayout layout) throws IOException {
    long classicEnd = position;
    for (TileLevel level : levels) {
      classicEnd += DirectoryBytes.size(level.fields(layout, false), false);
    }
    boolean big = classicEnd > classicLimit;
    long first = position;
    for (int i = 0; i < levels.size(); i++) {
      List<TiffField> fields = levels.get(i).fields(layout, big);
      long end = position + DirectoryBytes.size(fields, big);
      long next = i + 1 < levels.size() ? end : 0;
      file.write(DirectoryBytes.encode(fields, ORDER, big, position, next));
      position = end;
    }
    ByteBuffer header = ByteBuffer.allocate(big ? BIG_HEADER : CLASSIC_HEADER).order(ORDER);
    header.put((byte) 'I').put((byte) 'I').putShort((short) (big ? 43 : 42));
    if (big) {
      header.putShort((short) 8).putShort((short) 0).putLong(first);
    } else {
      header.putInt((int) first);
    }
    file.seek(0);
    file.write(header.array());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
