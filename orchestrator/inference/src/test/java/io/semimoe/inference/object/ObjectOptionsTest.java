package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ObjectOptionsTest {
  @Test
  void eachChangeLeavesTheOtherOptions() {
    assertThat(
            ObjectOptions.GLAS_SIZED
                .withMinimumArea(1)
                .withMaximumHoleArea(2)
                .withSeparate(false)
                .withSeparationDepth(0.5))
        .isEqualTo(new ObjectOptions(1, 2, false, 0.5));
  }

  @Test
  void defaultsAreThoseThatWereChosenOnGlas() {
    assertThat(ObjectOptions.GLAS_SIZED).isEqualTo(new ObjectOptions(500, 10_000, true, 0.8));
  }

  @Test
  void areasAreTheSameOnTheGlassOrTheSameShareOfASmallImage() {
    assertThat(ObjectOptions.forImage(9, 9, OptionalDouble.of(0.31)))
        .isEqualTo(ObjectOptions.GLAS_SIZED.withMinimumArea(2000).withMaximumHoleArea(40_000));
    assertThat(ObjectOptions.forImage(128, 128, OptionalDouble.empty()))
        .isEqualTo(ObjectOptions.GLAS_SIZED.withMinimumArea(20).withMaximumHoleArea(405));
    assertThat(ObjectOptions.forImage(9000, 9000, OptionalDouble.empty()))
        .isEqualTo(ObjectOptions.GLAS_SIZED);
  }

  @Test
  void refusesPixelsOfNoSize() {
    for (double side : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> ObjectOptions.forImage(9, 9, OptionalDouble.of(side)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected pixels of a positive size in µm, found " + side);
    }
  }

  @Test
  void refusesValuesOutOfRange() {
    ObjectOptions options = ObjectOptions.GLAS_SIZED;

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
