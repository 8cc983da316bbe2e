package io.semimoe.dataset.slide;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A field of a directory with its values, in the byte order of the file. */
final class TiffField {
  private final int tag;
  private final int type;
  private final int count;
  private final byte[] bytes;

  /** Takes the values as bytes, which no one changes afterwards. */
  TiffField(int tag, int type, int count, byte[] bytes) {
    this.tag = tag;
    this.type = type;
    this.count = count;
    this.bytes = bytes;
  }

  int tag() {
    return tag;
  }

  int type() {
    return type;
  }

  /** Number of values. */
  int count() {
    return count;
  }

  /** The values themselves (not a copy), to be read only. */
  byte[] bytes() {
    return bytes;
  }

  static TiffField shorts(int tag, ByteOrder order, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(order);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return new TiffField(tag, TiffTag.TYPE_SHORT, values.length, bytes.array());
  }

  /** Unsigned 32-bit values. */
  static TiffField longs(int tag, ByteOrder order, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(order);
    for (long value : values) {
      bytes.putInt((int) value);
    }
    return new TiffField(tag, TiffTag.TYPE_LONG, values.length, bytes.array());
  }

  /** 64-bit values, which only a BigTIFF may hold. */
  static TiffField longs8(int tag, ByteOrder order, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(order);
    for (long value : values) {
      bytes.putLong(value);
    }
    return new TiffField(tag, TiffTag.TYPE_LONG8, values.length, bytes.array());
  }

  static TiffField rational(int tag, ByteOrder order, long numerator, long denominator) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(order);
    bytes.putInt((int) numerator).putInt((int) denominator);
    return new TiffField(tag, TiffTag.TYPE_RATIONAL, 1, bytes.array());
  }

  static TiffField text(int tag, String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
    return new TiffField(tag, TiffTag.TYPE_ASCII, bytes.length, bytes);
  }
}
