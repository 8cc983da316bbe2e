package io.semimoe.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.op.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final Initialization NORMAL = new Initialization.KaimingNormal();

  @Test
  void aConstantFillsTheShape() {
    assertThat(new Initialization.Constant(0.5f).values("w", Shape.of(2, 2), 7))
        .containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
  }

  @Test
  void kaimingHasMeanZeroAndVarianceTwoOverFanIn() {
    // 64 rows of fan-in 32 · 3 · 3: the variance of n normal values has deviation √(2/n) of itself.
    Shape shape = Shape.of(64, 32, 3, 3);
    float[] values = NORMAL.values("w", shape, 1);
    double n = values.length;
    double variance = 2.0 / (32 * 9);
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum() / n;
    double second =
        IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum() / n;
    double fourth =
        IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i], 4)).sum() / n;
    assertThat(mean).isCloseTo(0, within(5 * Math.sqrt(variance / n)));
    assertThat(second / variance).isCloseTo(1, within(5 * Math.sqrt(2 / n)));
    // A normal distribution has kurtosis 3, a uniform one 1.8.
    assertThat(fourth / (second * second)).isCloseTo(3, within(0.3));
  }

  @Test
  void theFanInOfALinearLayerIsItsNumberOfInputs() {
    float[] values = NORMAL.values("w", Shape.of(200, 50), 1);
    double second =
        IntStream.range(0, values.length)
            .mapToDouble(i -> values[i] * values[i])
            .average()
            .orElse(0);
    assertThat(second).isCloseTo(2.0 / 50, within(0.1 * 2.0 / 50));
  }

  @Test
  void theSameSeedAndNameGiveTheSameBits() {
    Shape shape = Shape.of(8, 8);
    assertThat(NORMAL.values("w", shape, 3)).isEqualTo(NORMAL.values("w", shape, 3));
  }

  @Test
  void seedsAndNamesDrawFromStreamsOfTheirOwn() {
    Shape shape = Shape.of(8, 8);
    float[] values = NORMAL.values("a.weight", shape, 3);
    assertThat(NORMAL.values("a.weight", shape, 4)).isNotEqualTo(values);
    float[] other = NORMAL.values("b.weight", shape, 3);
    assertThat(Arrays.stream(boxed(other)).filter(Arrays.asList(boxed(values))::contains))
        .isEmpty();
  }

  @Test
  void oneThatIsLikeAnotherDrawsFromItsStream() {
    Shape shape = Shape.of(8, 8);
    assertThat(new Initialization.Like("a.weight", NORMAL).values("average.a.weight", shape, 3))
        .isEqualTo(NORMAL.values("a.weight", shape, 3));
  }

  private static Float[] boxed(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toArray(Float[]::new);
  }
}
