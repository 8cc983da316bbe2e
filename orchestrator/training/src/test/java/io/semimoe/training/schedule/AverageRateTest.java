package io.semimoe.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AverageRateTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 0, 1",
    "0.1, 9, 1",
    "0.1, 19, 0.5",
    "0.1, 99, 0.1",
    "0.25, 15, 0.25",
    "0, 1000, 1"
  })
  void theAverageIsOverTheShareOfTheIterationsSoFar(double share, long iteration, double rate) {
    assertThat(new AverageRate(share).at(iteration)).isCloseTo(rate, within(1e-12));
  }

  /** The weight that the iterations of the last tenth have together, which is 1 − 0.9^10. */
  @Test
  void aTenthWeighsTheLastTenthByTwoThirds() {
    AverageRate rate = new AverageRate(0.1);
    double average = 0;
    for (int t = 0; t < 10_000; t++) {
      average += rate.at(t) * ((t >= 9_000 ? 1 : 0) - average);
    }
    assertThat(average).isCloseTo(1 - Math.pow(0.9, 10), within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void otherSharesAreRefused(double share) {
    assertThatThrownBy(() -> new AverageRate(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share: expected one in [0, 1), found " + share);
  }
}
