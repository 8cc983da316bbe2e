package io.semimoe.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an event file as TensorBoard does: checks both checksums of every frame. */
final class TensorBoardReader {

  /** One event, without its time. */
  record Event(long step, String fileVersion, Map<String, Float> scalars) {}

  private TensorBoardReader() {}

  static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[Long.BYTES];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(crc(length));
      byte[] message =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(message);
      assertThat(bytes.getInt()).isEqualTo(crc(message));
      events.add(event(message));
    }
    return events;
  }

  /** Masked CRC-32C by its polynomial, bit by bit: independent of the writer's. */
  static int crc(byte[] bytes) {
    int crc = ~0;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static Event event(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    long step = 0;
    String version = "";
    Map<String, Float> scalars = new LinkedHashMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> assertThat(in.readDouble()).isGreaterThan(1.7e9);
        case 2 -> step = in.readInt64();
        case 3 -> version = in.readString();
        case 5 -> summary(in.readByteArray(), scalars);
        default -> throw new IOException("unexpected field in an event");
      }
    }
    return new Event(step, version, scalars);
  }

  private static void summary(byte[] message, Map<String, Float> scalars) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      CodedInputStream value = CodedInputStream.newInstance(in.readByteArray());
      value.readTag();
      String name = value.readString();
      value.readTag();
      scalars.put(name, value.readFloat());
    }
  }
}
