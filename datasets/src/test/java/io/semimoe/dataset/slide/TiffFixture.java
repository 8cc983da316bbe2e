package io.semimoe.dataset.slide;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts TIFF files together byte by byte, on its own: any fields and any pieces, classic or big,
 * either byte order. It shares no code with what it tests.
 */
final class TiffFixture {
  private final ByteOrder order;
  private final boolean big;
  private final List<Image> images = new ArrayList<>();

  TiffFixture(ByteOrder order, boolean big) {
    this.order = order;
    this.big = big;
  }

  /** One image: its fields, its pieces, and smaller versions as SubIFDs. */
  final class Image {
    private final Map<Integer, Value> fields = new TreeMap<>();
    private final List<byte[]> pieces = new ArrayList<>();
    private final List<Image> children = new ArrayList<>();

    Image shorts(int tag, int... values) {
      ByteBuffer out = ByteBuffer.allocate(values.length * 2).order(order);
      for (int value : values) {
        out.putShort((short) value);
      }
      fields.put(tag, new Value(3, values.length, out));
      return this;
    }

    Image longs(int tag, long... values) {
      ByteBuffer out = ByteBuffer.allocate(values.length * 4).order(order);
      for (long value : values) {
        out.putInt((int) value);
      }
      fields.put(tag, new Value(4, values.length, out));
      return this;
    }

    Image rational(int tag, long numerator, long denominator) {
      ByteBuffer out = ByteBuffer.allocate(8).order(order);
      out.putInt((int) numerator).putInt((int) denominator);
      fields.put(tag, new Value(5, 1, out));
      return this;
    }

    Image text(int tag, String text) {
      byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
      fields.put(tag, new Value(2, bytes.length, ByteBuffer.wrap(bytes)));
      return this;
    }

    Image bytes(int tag, byte[] bytes) {
      fields.put(tag, new Value(7, bytes.length, ByteBuffer.wrap(bytes)));
      return this;
    }

    Image without(int tag) {
      fields.remove(tag);
      return this;
    }

    Image piece(byte[] bytes) {
      pieces.add(bytes);
      return this;
    }

    Image child() {
      Image child = new Image();
      children.add(child);
      return child;
    }

    private void offsets(int tag, List<Long> values) {
      ByteBuffer out = ByteBuffer.allocate(values.size() * (big ? 8 : 4)).order(order);
      for (long value : values) {
        putOffset(out, value);
      }
      fields.put(tag, new Value(big ? 16 : 4, values.size(), out));
    }
  }

  private record Value(int type, int count, ByteBuffer bytes) {}

  Image image() {
    Image image = new Image();
    images.add(image);
    return image;
  }

  Path write(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[big ? 16 : 8]);
    long[] next = new long[images.size() + 1];
    List<byte[]> tables = new ArrayList<>();
    long[] positions = new long[images.size()];
    for (int i = 0; i < images.size(); i++) {
      writePieces(out, images.get(i));
      List<Long> children = new ArrayList<>();
      for (Image child : images.get(i).children) {
        writePieces(out, child);
        children.add((long) out.size());
        out.writeBytes(directory(child, out.size(), 0));
      }
      if (!children.isEmpty()) {
        images.get(i).offsets(330, children);
      }
    }
    long position = out.size();
    for (int i = 0; i < images.size(); i++) {
      positions[i] = position;
      position += directory(images.get(i), 0, 0).length;
    }
    System.arraycopy(positions, 0, next, 0, positions.length);
    for (int i = 0; i < images.size(); i++) {
      tables.add(directory(images.get(i), positions[i], next[i + 1]));
    }
    tables.forEach(out::writeBytes);
    ByteBuffer file0 = ByteBuffer.wrap(out.toByteArray()).order(order);
    byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    file0.put(mark).put(mark).putShort((short) (big ? 43 : 42));
    if (big) {
      file0.putShort((short) 8).putShort((short) 0).putLong(positions[0]);
    } else {
      file0.putInt((int) positions[0]);
    }
    return Files.write(file, file0.array());
  }

  private static void writePieces(ByteArrayOutputStream out, Image image) {
    List<Long> offsets = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (byte[] piece : image.pieces) {
      offsets.add((long) out.size());
      counts.add((long) piece.length);
      out.writeBytes(piece);
      out.writeBytes(new byte[out.size() & 1]);
    }
    boolean tiled = image.fields.containsKey(322);
    if (!offsets.isEmpty()) {
      image.offsets(tiled ? 324 : 273, offsets);
      image.offsets(tiled ? 325 : 279, counts);
    }
  }

  private byte[] directory(Image image, long position, long next) {
    int table = (big ? 16 : 6) + image.fields.size() * (big ? 20 : 12);
    int size = table;
    for (Value value : image.fields.values()) {
      size += value.bytes().capacity() + 1;
    }
    ByteBuffer out = ByteBuffer.allocate(size + (size & 1)).order(order);
    if (big) {
      out.putLong(image.fields.size());
    } else {
      out.putShort((short) image.fields.size());
    }
    int outside = table;
    for (Map.Entry<Integer, Value> field : image.fields.entrySet()) {
      Value value = field.getValue();
      out.putShort(field.getKey().shortValue()).putShort((short) value.type());
      putOffset(out, value.count());
      int inline = out.position();
      byte[] bytes = value.bytes().array();
      if (bytes.length <= (big ? 8 : 4)) {
        out.put(bytes).position(inline + (big ? 8 : 4));
      } else {
        putOffset(out, position + outside);
        out.put(outside, bytes);
        outside += bytes.length + (bytes.length & 1);
      }
    }
    putOffset(out, next);
    return out.array();
  }

  private void putOffset(ByteBuffer out, long value) {
    if (big) {
      out.putLong(value);
    } else {
      out.putInt((int) value);
    }
  }
}
