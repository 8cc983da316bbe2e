package io.semimoe.dataset.slide;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;

/** Lays a directory out as bytes: count, fields ascending by tag, next offset, long values. */
final class DirectoryBytes {
  private DirectoryBytes() {}

  /** Number of bytes that {@link #encode} makes of these fields; it is even. */
  static int size(List<TiffField> fields, boolean big) {
    int size = tableSize(fields.size(), big);
    for (TiffField field : fields) {
      size += outside(field, big);
    }
    return size;
  }

  /**
   * The bytes of a directory that will begin at {@code position} of a file.
   *
   * @param next position of the next directory, 0 for none
   */
  static byte[] encode(
      List<TiffField> fields, ByteOrder order, boolean big, long position, long next) {
    ByteBuffer out = ByteBuffer.allocate(size(fields, big)).order(order);
    int values = tableSize(fields.size(), big);
    if (big) {
      out.putLong(fields.size());
    } else {
      out.putShort((short) fields.size());
    }
    List<TiffField> sorted =
        fields.stream().sorted(Comparator.comparingInt(TiffField::tag)).toList();
    for (TiffField field : sorted) {
      out.putShort((short) field.tag()).putShort((short) field.type());
      putOffset(out, big, field.count());
      int inline = out.position();
      if (outside(field, big) == 0) {
        out.put(field.bytes());
        out.position(inline + offsetSize(big));
      } else {
        putOffset(out, big, position + values);
        out.put(values, field.bytes());
        values += outside(field, big);
      }
    }
    putOffset(out, big, next);
    return out.array();
  }

  private static int tableSize(int fields, boolean big) {
    return big ? 8 + 20 * fields + 8 : 2 + 12 * fields + 4;
  }

  /** Bytes that a field takes beyond the table, to the next even number. */
  private static int outside(TiffField field, boolean big) {
    int length = field.bytes().length;
    return length <= offsetSize(big) ? 0 : length + (length & 1);
  }

  private static int offsetSize(boolean big) {
    return big ? 8 : 4;
  }

  private static void putOffset(ByteBuffer out, boolean big, long value) {
    if (big) {
      out.putLong(value);
    } else {
      out.putInt((int) value);
    }
  }
}
