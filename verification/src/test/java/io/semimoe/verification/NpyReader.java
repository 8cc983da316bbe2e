package io.semimoe.verification;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads NumPy's {@code .npy} format, versions 1 to 3, little-endian, C order. */
final class NpyReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  private NpyReader() {}

  static ReferenceArray read(String name, byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IllegalArgumentException(name + " is no .npy array");
    }
    int version = in.get();
    in.get();
    byte[] headerBytes = new byte[version == 1 ? in.getShort() & 0xffff : in.getInt()];
    in.get(headerBytes);
    String header = new String(headerBytes, StandardCharsets.UTF_8);
    int[] dims = shape(find(name, SHAPE, header));
    if (find(name, ORDER, header).equals("True") && dims.length > 1) {
      throw new IllegalArgumentException(name + " is in Fortran order; expected C order");
    }
    int size = Math.toIntExact(Arrays.stream(dims).asLongStream().reduce(1, Math::multiplyExact));
    double[] values = new double[size];
    String type = find(name, TYPE, header);
    for (int i = 0; i < size; i++) {
      values[i] = next(name, in, type);
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(name + " has " + in.remaining() + " bytes too many");
    }
    return new ReferenceArray(name, dims, values);
  }

  private static double next(String name, ByteBuffer in, String type) {
    return switch (type) {
      case "<f4" -> in.getFloat();
      case "<f8" -> in.getDouble();
      case "<i8" -> in.getLong();
      case "<i4" -> in.getInt();
      case "<u4" -> Integer.toUnsignedLong(in.getInt());
      case "<i2" -> in.getShort();
      case "<u2" -> Short.toUnsignedInt(in.getShort());
      case "|i1" -> in.get();
      case "|u1", "|b1" -> Byte.toUnsignedInt(in.get());
      default -> throw new IllegalArgumentException(name + " has the unsupported type " + type);
    };
  }

  private static String find(String name, Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IllegalArgumentException(name + ": " + pattern + " not found in header " + header);
    }
    return matcher.group(1);
  }

  private static int[] shape(String tuple) {
    return Arrays.stream(tuple.split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
