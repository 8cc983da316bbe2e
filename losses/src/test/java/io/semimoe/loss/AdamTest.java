package io.semimoe.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {
  @Test
  void twoStepsAreAsComputedByHand() {
    Adam first = Adam.initial(new TaskValues(1, 1, 1)).step(new TaskValues(1, -1, 2), 0.1, 0);

    // m / 0.1 = g and v / 0.001 = g², so the first step is the learning rate for any gradient.
    assertThat(first.values().segmentation()).isCloseTo(0.9, within(1e-8));
    assertThat(first.values().distance()).isCloseTo(1.1, within(1e-8));
    assertThat(first.values().boundary()).isCloseTo(0.9, within(1e-8));

    Adam second = first.step(new TaskValues(-1, -1, 0), 0.1, 0);

    assertThat(second.steps()).isEqualTo(2);
    // m = 0.9 · 0.1 − 0.1 = −0.01, v = 0.001999, corrected −0.01 / 0.19 and 1.
    assertThat(second.values().segmentation()).isCloseTo(0.9 + 0.1 * 0.01 / 0.19, within(1e-8));
    // m = −0.19, v = 0.001999: the learning rate again.
    assertThat(second.values().distance()).isCloseTo(1.2, within(1e-8));
    // m = 0.18, v = 0.999 · 0.004: corrected 0.18 / 0.19 and 0.003996 / 0.001999.
    assertThat(second.values().boundary())
        .isCloseTo(0.9 - 0.1 * (0.18 / 0.19) / Math.sqrt(3.996 / 1.999), within(1e-8));
  }

  @Test
  void weightDecayIsAddedToTheGradient() {
    TaskValues values = new TaskValues(2, -2, 4);

    // Decay 0.5 adds (1, −1, 2); the third gradient undoes it.
    Adam adam = Adam.initial(values).step(new TaskValues(0, 0, -2), 0.1, 0.5);

    assertThat(adam.firstMoment().segmentation()).isCloseTo(0.1, within(1e-12));
    assertThat(adam.secondMoment().distance()).isCloseTo(0.001, within(1e-12));
    assertThat(adam.values().segmentation()).isCloseTo(1.9, within(1e-8));
    assertThat(adam.values().distance()).isCloseTo(-1.9, within(1e-8));
    assertThat(adam.values().boundary()).isEqualTo(4);
  }

  @Test
  void epsilonDampsTinyGradients() {
    // g = ε: the step is lr · ε / (ε + ε).
    Adam adam = Adam.initial(new TaskValues(0, 0, 0)).step(new TaskValues(1e-8, 0, 0), 0.1, 0);

    assertThat(adam.values().segmentation()).isCloseTo(-0.05, within(1e-12));
    assertThat(adam.values().distance()).isZero();
  }
}
