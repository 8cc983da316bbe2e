package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.Rasters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** One image file directory: the fields that describe one image. Values are read when asked for. */
final class TiffDirectory {
  private static final int MAX_FIELDS = 4096;
  private static final int MAX_DIRECTORIES = 4096;
  private static final int MAX_TEXT = 1 << 24;

  /** A field as stored: the file position and the number of its values. */
  record Field(int type, long count, long position) {}

  private final TiffInput in;
  private final Map<Integer, Field> fields = new HashMap<>();
  private final long next;

  private TiffDirectory(TiffInput in, long offset) throws DataException {
    this.in = in;
    boolean big = in.isBig();
    int countBytes = big ? 8 : 2;
    int fieldBytes = big ? 20 : 12;
    ByteBuffer head = in.read(offset, countBytes);
    long count = big ? head.getLong() : Short.toUnsignedInt(head.getShort());
    if (count < 1 || count > MAX_FIELDS) {
      throw damaged("a directory of " + count + " fields");
    }
    long start = offset + countBytes;
    ByteBuffer body = in.read(start, (int) count * fieldBytes + (big ? 8 : 4));
    for (int i = 0; i < count; i++) {
      int tag = Short.toUnsignedInt(body.getShort());
      int type = Short.toUnsignedInt(body.getShort());
      long values = big ? body.getLong() : Integer.toUnsignedLong(body.getInt());
      long inline = start + body.position();
      long pointer = big ? body.getLong() : Integer.toUnsignedLong(body.getInt());
      int bytes = TiffTag.bytesPerValue(type);
      if (bytes > 0 && values > 0 && values <= in.length()) {
        boolean fits = values * bytes <= (big ? 8 : 4);
        fields.put(tag, new Field(type, values, fits ? inline : pointer));
      }
    }
    this.next = big ? body.getLong() : Integer.toUnsignedLong(body.getInt());
  }

  /** The chain of directories, the first image first; at least one. */
  static List<TiffDirectory> chain(TiffInput in) throws DataException {
    List<TiffDirectory> chain = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long offset = in.firstDirectory();
    while (offset != 0 && seen.add(offset) && chain.size() < MAX_DIRECTORIES) {
      TiffDirectory directory = new TiffDirectory(in, offset);
      chain.add(directory);
      offset = directory.next;
    }
    if (chain.isEmpty()) {
      throw new DataException(in.path(), "expected a TIFF with an image, found one without");
    }
    return chain;
  }

  /** The directories that a SubIFDs field points to; smaller versions of this image. */
  List<TiffDirectory> children() throws DataException {
    List<TiffDirectory> children = new ArrayList<>();
    if (has(TiffTag.SUB_IFDS)) {
      long[] offsets = integers(TiffTag.SUB_IFDS);
      for (int i = 0; i < Math.min(offsets.length, MAX_DIRECTORIES); i++) {
        children.add(new TiffDirectory(in, offsets[i]));
      }
    }
    return children;
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** Number of values of a field, 0 if it is absent. */
  long count(int tag) {
    Field field = fields.get(tag);
    return field == null ? 0 : field.count();
  }

  /** The first value of an integer field, or the default if the field is absent. */
  long integer(int tag, long defaultValue) throws DataException {
    Field field = fields.get(tag);
    return field == null ? defaultValue : integers(tag, field, 1)[0];
  }

  /** All values of an integer field, which must be there. */
  long[] integers(int tag) throws DataException {
    Field field = fields.get(tag);
    if (field == null) {
      throw damaged("no field " + tag);
    }
    return integers(tag, field, field.count());
  }

  private long[] integers(int tag, Field field, long count) throws DataException {
    int size = TiffTag.bytesPerValue(field.type());
    ByteBuffer bytes = in.read(field.position(), bytes(tag, count, size));
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = integer(tag, field.type(), bytes);
    }
    return values;
  }

  private long integer(int tag, int type, ByteBuffer bytes) throws DataException {
    return switch (type) {
      case 1 -> bytes.get() & 0xff;
      case 3 -> bytes.getShort() & 0xffff;
      case 4, 13 -> bytes.getInt() & 0xffffffffL;
      case 16, 18 -> bytes.getLong();
      default -> throw damaged("no whole numbers in field " + tag + " (type " + type + ")");
    };
  }

  /** A rational field as a number; empty if absent, of another type, or n/0. */
  OptionalDouble rational(int tag) throws DataException {
    Field field = fields.get(tag);
    if (field == null || field.type() != TiffTag.TYPE_RATIONAL) {
      return OptionalDouble.empty();
    }
    ByteBuffer bytes = in.read(field.position(), 8);
    long numerator = Integer.toUnsignedLong(bytes.getInt());
    long denominator = Integer.toUnsignedLong(bytes.getInt());
    return denominator == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) numerator / denominator);
  }

  /** A text field without its final zero byte, or an empty text. */
  String text(int tag) throws DataException {
    Field field = fields.get(tag);
    if (field == null || field.type() != TiffTag.TYPE_ASCII || field.count() > MAX_TEXT) {
      return "";
    }
    byte[] bytes = in.read(field.position(), (int) field.count()).array();
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** A field with its values as they are stored, for a copy in a file of the same byte order. */
  Optional<TiffField> copy(int tag) throws DataException {
    Field field = fields.get(tag);
    if (field == null) {
      return Optional.empty();
    }
    int bytes = bytes(tag, field.count(), TiffTag.bytesPerValue(field.type()));
    return Optional.of(
        new TiffField(
            tag, field.type(), (int) field.count(), in.read(field.position(), bytes).array()));
  }

  private int bytes(int tag, long count, int size) throws DataException {
    if (count * size > Rasters.LARGEST_ARRAY) {
      throw damaged(count + " values in field " + tag);
    }
    return (int) (count * size);
  }

  private DataException damaged(String finding) {
    return new DataException(
        in.path(), "expected a whole TIFF, found " + finding + "; the file is damaged");
  }
}
