package io.semimoe.training.run;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Encodes TensorBoard events: protobuf messages {@code Event} in TFRecord frames.
 *
 * <p>A frame is the length (64 bits), its checksum, the message, its checksum, all little-endian. A
 * checksum is CRC-32C, rotated right by 15 bits, plus 0xa282ead8.
 */
final class TensorBoardEvents {
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int MASK_ROTATION = 15;

  // Field numbers of Event, Summary and Summary.Value in TensorFlow's event.proto, summary.proto.
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;

  private TensorBoardEvents() {}

  /** Returns the frame that every event file starts with. */
  static byte[] header(Instant time) {
    return frame(
        message(
            out -> {
              out.writeDouble(EVENT_WALL_TIME, seconds(time));
              out.writeString(EVENT_FILE_VERSION, "brain.Event:2");
            }));
  }

  /** Returns one frame with these scalars at {@code step}. */
  static byte[] scalars(Instant time, long step, Map<String, Double> scalars) {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
                out.writeByteArray(SUMMARY_VALUE, value(scalar));
              }
            });
    return frame(
        message(
            out -> {
              out.writeDouble(EVENT_WALL_TIME, seconds(time));
              out.writeInt64(EVENT_STEP, step);
              out.writeByteArray(EVENT_SUMMARY, summary);
            }));
  }

  /** Returns the checksum of a frame's part. */
  static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
  }

  private static byte[] value(Map.Entry<String, Double> scalar) {
    return message(
        out -> {
          out.writeString(VALUE_TAG, scalar.getKey());
          out.writeFloat(VALUE_SIMPLE, scalar.getValue().floatValue());
        });
  }

  private static byte[] frame(byte[] message) {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(message.length)
            .array();
    return ByteBuffer.allocate(length.length + message.length + 2 * Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(length)
        .putInt(maskedCrc(length))
        .put(message)
        .putInt(maskedCrc(message))
        .array();
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1e3;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("writing into memory failed", e);
    }
    return bytes.toByteArray();
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }
}
