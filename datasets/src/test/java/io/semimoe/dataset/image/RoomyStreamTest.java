package io.semimoe.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

class RoomyStreamTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  @Test
  void claimsToBeLongerButHasTheSameBytes() throws Exception {
    try (RoomyStream stream = new RoomyStream(new ByteArrayImageInputStream(BYTES))) {
      assertThat(stream.length()).isEqualTo(72);
      assertThat(stream.read()).isEqualTo(1);
      stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      assertThat(stream.readShort()).isEqualTo((short) 0x0302);
      stream.mark();
      stream.seek(6);
      assertThat(stream.readBits(4)).isZero();
      assertThat(stream.read()).isEqualTo(7);
      assertThat(stream.getStreamPosition()).isEqualTo(7);
      stream.reset();
      byte[] rest = new byte[6];
      stream.readFully(rest);
      assertThat(rest).containsExactly(4, 5, 6, 7, 8, 9);
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.read(rest, 0, 6)).isEqualTo(-1);
      assertThat(stream.getStreamPosition()).isEqualTo(9);
    }
  }

  @Test
  void startsWhereTheWrappedStreamIsAndEndsWithIt() throws Exception {
    ImageInputStream wrapped = new MemoryCacheImageInputStream(new ByteArrayInputStream(BYTES));
    wrapped.seek(4);
    RoomyStream stream = new RoomyStream(wrapped);

    assertThat(stream.getStreamPosition()).isEqualTo(4);
    assertThat(stream.readInt()).isEqualTo(0x05060708);
    assertThatThrownBy(stream::readInt).isInstanceOf(EOFException.class);
    stream.close();
    assertThatThrownBy(wrapped::read).hasMessageContaining("closed");
  }
}
