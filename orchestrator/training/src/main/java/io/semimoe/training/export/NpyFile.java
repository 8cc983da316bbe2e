package io.semimoe.training.export;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/** NumPy's format {@code .npy}, version 1.0, of float32 arrays in row-major order. */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The values begin at a multiple of this many bytes. */
  private static final int ALIGNMENT = 64;

  private NpyFile() {}

  /**
   * Returns the bytes of a file.
   *
   * @throws IllegalArgumentException if the number of values is not that of the shape
   */
  static byte[] bytes(float[] values, long[] shape) {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    checkArgument(values.length == count, "expected %s values, found %s", count, values.length);
    String dims = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String comma = shape.length == 1 ? "," : "";
    String dictionary =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + dims + comma + "), }";
    int prefix = MAGIC.length + Short.BYTES;
    int unpadded = prefix + dictionary.length() + 1;
    int start = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out =
        ByteBuffer.allocate(start + Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putShort((short) (start - prefix));
    out.put(dictionary.getBytes(US_ASCII));
    while (out.position() < start - 1) {
      out.put((byte) ' ');
    }
    out.put((byte) '\n');
    out.asFloatBuffer().put(values);
    return out.array();
  }
}
