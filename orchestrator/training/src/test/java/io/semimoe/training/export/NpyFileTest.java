package io.semimoe.training.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NpyFileTest {
  @Test
  void beginsWithTheMagicAndVersionOne() {
    byte[] file = NpyFile.bytes(new float[6], new long[] {2, 3});

    assertThat(Arrays.copyOf(file, 8)).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
  }

  @Test
  void theHeaderTellsTypeOrderAndShapeAndIsPaddedWithSpacesToALine() {
    byte[] file = NpyFile.bytes(new float[6], new long[] {2, 3});
    int length = headerLength(file);

    String header = new String(file, 10, length, US_ASCII);

    assertThat(header.stripTrailing())
        .isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    assertThat(header).endsWith(" \n");
  }

  @Test
  void theValuesBeginAtAMultipleOf64HoweverLongTheHeaderIs() {
    for (int sides = 1; sides <= 64; sides++) {
      long[] shape = new long[sides];
      Arrays.fill(shape, 1);

      byte[] file = NpyFile.bytes(new float[1], shape);

      int length = headerLength(file);
      assertThat((10 + length) % 64).as("%d sides", sides).isZero();
      assertThat(file).hasSize(10 + length + 4);
      assertThat(new String(file, 10, length, US_ASCII))
          .as("%d sides", sides)
          .matches("\\{.*} *\n");
    }
  }

  @Test
  void theValuesAreLittleEndianInTheirOrder() {
    float[] values = {0, -1.5f, Float.MIN_VALUE, 255};

    byte[] file = NpyFile.bytes(values, new long[] {2, 2});

    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    in.position(10 + headerLength(file));
    float[] read = new float[4];
    in.asFloatBuffer().get(read);
    assertThat(read).isEqualTo(values);
  }

  @Test
  void aSingleSideIsATupleToo() {
    byte[] file = NpyFile.bytes(new float[3], new long[] {3});

    assertThat(new String(file, 10, headerLength(file), US_ASCII)).contains("'shape': (3,), }");
  }

  @Test
  void refusesValuesThatDoNotFillTheShape() {
    assertThatThrownBy(() -> NpyFile.bytes(new float[5], new long[] {2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 6 values, found 5");
  }

  private static int headerLength(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
  }
}
