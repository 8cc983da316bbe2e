package io.semimoe.training.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorBoardEventsTest {

  @Test
  void checksumsAreThoseOfTheKnownVector() {
    // CRC-32C of "123456789" is e3069283 (RFC 3720 polynomial), here rotated by 15 plus a282ead8.
    byte[] vector = "123456789".getBytes(US_ASCII);
    int expected = ((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8;
    assertThat(TensorBoardEvents.maskedCrc(vector)).isEqualTo(expected).isEqualTo(0xc78ab0e5);
    assertThat(TensorBoardReader.crc(vector)).isEqualTo(expected);
  }

  @Test
  void aFrameHasTheBytesOfTheFormat() {
    byte[] frame =
        TensorBoardEvents.scalars(Instant.ofEpochSecond(1_700_000_000), 3, Map.of("a", 0.5));
    String message =
        String.join("", "0900000040fc54d941", "1003", "2a0a", "0a08", "0a0161", "150000003f");
    String hex = HexFormat.of().formatHex(frame);
    assertThat(hex).startsWith("1700000000000000");
    assertThat(hex.substring(24, hex.length() - 8)).isEqualTo(message);
  }
}
