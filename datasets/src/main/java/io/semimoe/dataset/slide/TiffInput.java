package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The bytes of a TIFF or BigTIFF file, for several threads at once. It is no {@code FileChannel},
 * which an interrupt of one reading thread would close for all.
 */
final class TiffInput implements Closeable {
  private static final int CLASSIC = 42;
  private static final int BIG = 43;

  private final Path path;
  private final RandomAccessFile file;
  private final long length;
  private final ByteOrder order;
  private final boolean big;
  private final long firstDirectory;

  private TiffInput(Path path, RandomAccessFile file) throws IOException, DataException {
    this.path = path;
    this.file = file;
    this.length = file.length();
    this.order = startsWith(file, 'I') ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer header = read(0, 8);
    this.big = header.getShort(2) == BIG;
    if (big && header.getShort(4) != 8) {
      throw new DataException(
          path, "expected a BigTIFF with offsets of 8 bytes, found " + header.getShort(4));
    }
    this.firstDirectory = big ? read(8, 8).getLong() : Integer.toUnsignedLong(header.getInt(4));
  }

  /** Whether a file begins like a TIFF or BigTIFF. */
  static boolean isTiff(Path path) throws DataException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] head = new byte[4];
      if (file.read(head) < head.length || head[0] != head[1]) {
        return false;
      }
      int first = head[2];
      int second = head[3];
      return (head[0] == 'I' && second == 0 && (first == CLASSIC || first == BIG))
          || (head[0] == 'M' && first == 0 && (second == CLASSIC || second == BIG));
    } catch (IOException e) {
      throw FileFailure.unreadable(path, e);
    }
  }

  /** Opens a file for which {@link #isTiff} is true. */
  static TiffInput open(Path path) throws DataException {
    try {
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
      try {
        return new TiffInput(path, file);
      } catch (IOException | DataException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileFailure.unreadable(path, e);
    }
  }

  private static boolean startsWith(RandomAccessFile file, char letter) throws IOException {
    file.seek(0);
    return file.read() == letter;
  }

  Path path() {
    return path;
  }

  long length() {
    return length;
  }

  ByteOrder order() {
    return order;
  }

  /** Whether offsets and counts have 8 bytes. */
  boolean isBig() {
    return big;
  }

  long firstDirectory() {
    return firstDirectory;
  }

  /** Exactly {@code count} bytes, in the file's byte order. */
  ByteBuffer read(long position, int count) throws DataException {
    byte[] bytes = new byte[checked(position, count)];
    readInto(position, bytes, 0, count);
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** Exactly {@code count} bytes, into an array. */
  void readInto(long position, byte[] target, int offset, int count) throws DataException {
    checked(position, count);
    try {
      synchronized (file) {
        file.seek(position);
        file.readFully(target, offset, count);
      }
    } catch (IOException e) {
      throw FileFailure.unreadable(path, e);
    }
  }

  /** Refuses a range that the file does not have, before any memory is taken for it. */
  private int checked(long position, int count) throws DataException {
    if (position < 0 || count < 0 || position > length - count) {
      throw cutOff(position, count);
    }
    return count;
  }

  /** The error for data that should lie where the file has ended. */
  DataException cutOff(long position, long count) {
    return new DataException(
        path,
        "expected a whole TIFF, found a damaged or cut off one (it should hold %d bytes at %d, but has %d bytes in all); copy it again"
            .formatted(count, position, length));
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be closed", e);
    }
  }
}
