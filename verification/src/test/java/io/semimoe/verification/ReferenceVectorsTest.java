package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The reader itself, on arrays written out by hand. */
class ReferenceVectorsTest {
  @Test
  void readsSignedAndUnsignedIntegers() {
    assertThat(npy("'<i2'", "(2,)", 0xff, 0xff, 1, 0).ints()).containsExactly(-1, 1);
    assertThat(npy("'<u2'", "(2,)", 0xff, 0xff, 1, 0).ints()).containsExactly(65_535, 1);
    assertThat(npy("'|u1'", "(1, 2)", 255, 7).ints()).containsExactly(255, 7);
    assertThat(npy("'|b1'", "(2,)", 1, 0).ints()).containsExactly(1, 0);
    assertThat(npy("'<i4'", "(1,)", 0xfe, 0xff, 0xff, 0xff).ints()).containsExactly(-2);
    assertThat(npy("'<i8'", "(1,)", 0, 1, 0, 0, 0, 0, 0, 0).ints()).containsExactly(256);
  }

  @Test
  void readsFloats() {
    assertThat(npy("'<f4'", "(1,)", 0, 0, 0xc0, 0x3f).floats()).containsExactly(1.5f);
    assertThat(npy("'<f8'", "(1,)", 0, 0, 0, 0, 0, 0, 0xf0, 0x7f).doubles())
        .containsExactly(Double.POSITIVE_INFINITY);
  }

  @Test
  void readsScalarsAndDimensions() {
    assertThat(npy("'|u1'", "()", 9).scalar()).isEqualTo(9);
    assertThat(npy("'|u1'", "()", 9).dims()).isEmpty();
    assertThat(npy("'|u1'", "(3, 1)", 1, 2, 3).dims()).containsExactly(3, 1);
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThatThrownBy(() -> npy("'>i2'", "(1,)", 0, 1)).hasMessageContaining(">i2");
    assertThatThrownBy(() -> npy("'|u1'", "(1,)", 0, 1)).hasMessageContaining("too many");
    assertThatThrownBy(() -> npy("'<f4'", "(1,)", 0, 0, 0xc0, 0x3f).ints())
        .hasMessageContaining("1.5");
  }

  @Test
  void namesTheMissingArray() {
    ReferenceVectors vectors = ReferenceVectors.open("targets.npz");

    assertThat(vectors.has("nothing")).isFalse();
    assertThatThrownBy(() -> vectors.get("nothing")).hasMessageContaining("no array nothing");
  }

  private static ReferenceArray npy(String type, String shape, int... data) {
    String header = "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length());
    out.write(0);
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    for (int b : data) {
      out.write(b);
    }
    return NpyReader.read("test", out.toByteArray());
  }
}
