package io.semimoe.graph.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.op.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSpecTest {
  @Test
  void sizesDecideShapes() {
    NetworkSpec spec = new NetworkSpec(5, 2, 32, 48);
    assertThat(spec.images(3)).isEqualTo(Shape.of(2, 3, 32, 48));
    assertThat(spec.gateUnits()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3; 1; 32; 32; network width: expected at least 4, found 3",
        "4; 0; 32; 32; batch size: expected at least 1, found 0",
        "4; 1; 40; 32; image size: expected multiples of 16, found 40 x 32 (height x width)",
        "4; 1; 32; 8; image size: expected multiples of 16, found 32 x 8 (height x width)",
        "4; 1; 0; 32; image size: expected multiples of 16, found 0 x 32 (height x width)",
        "4; 1; 32; -16; image size: expected multiples of 16, found 32 x -16 (height x width)"
      })
  void sizesThatDoNotFitAreRefused(
      int width, int batch, int height, int imageWidth, String message) {
    assertThatThrownBy(() -> new NetworkSpec(width, batch, height, imageWidth))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
