package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ObjectOptionsTest {
  @Test
  void eachChangeLeavesTheOtherOptions() {
    assertThat(
            ObjectOptions.DEFAULT
                .withMinimumArea(1)
                .withMaximumHoleArea(2)
                .withSeparate(false)
                .withSeparationDepth(0.5))
        .isEqualTo(new ObjectOptions(1, 2, false, 0.5));
  }

  @Test
  void refusesValuesOutOfRange() {
    ObjectOptions options = ObjectOptions.DEFAULT;

    assertThatThrownBy(() -> options.withMinimumArea(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minimum area: expected at least 0 pixels, found -1");
    assertThatThrownBy(() -> options.withMaximumHoleArea(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximum hole area: expected at least 0 pixels, found -1");
    for (double depth : new double[] {0, -0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> options.withSeparationDepth(depth))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("separation depth: expected a number in (0, 1), found " + depth);
    }
  }
}
