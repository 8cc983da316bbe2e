package io.semimoe.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupervisedRampTest {
  @Test
  void risesLinearlyToItsWeightInTheLastEpoch() {
    UnsupervisedRamp ramp = new UnsupervisedRamp(0.5, 200);

    assertThat(ramp.lambda(0)).isCloseTo(0.0025, within(1e-15));
    assertThat(ramp.lambda(99)).isCloseTo(0.25, within(1e-15));
    assertThat(ramp.lambda(199)).isEqualTo(0.5);
  }

  @Test
  void weightZeroStaysZero() {
    assertThat(new UnsupervisedRamp(0, 10).lambda(9)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWeightsThatAreNegativeOrNotFinite(double weight) {
    assertThatThrownBy(() -> new UnsupervisedRamp(weight, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unsupervised weight")
        .hasMessageContaining(String.valueOf(weight));
  }

  @Test
  void refusesNoEpochs() {
    assertThatThrownBy(() -> new UnsupervisedRamp(0.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs: expected at least 1, found 0");
  }
}
