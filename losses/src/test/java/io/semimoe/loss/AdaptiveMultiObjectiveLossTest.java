package io.semimoe.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdaptiveMultiObjectiveLossTest {
  private static final AdaptiveMultiObjectiveLoss.Settings SETTINGS =
      new AdaptiveMultiObjectiveLoss.Settings(1, 0.05, 5e-5, new TaskValues(1, 0.5, 1), 0.4);

  private static final TaskValues LOSSES = new TaskValues(0.6, 0.8, 0.3);

  @Test
  void beginsWithTheInitialValueForEachTask() {
    AdaptiveMultiObjectiveLoss loss = AdaptiveMultiObjectiveLoss.initial(SETTINGS);

    assertThat(loss.s()).isEqualTo(new TaskValues(1, 1, 1));
    assertThat(loss.weights().segmentation()).isCloseTo(0.36787944, within(1e-8));
    assertThat(loss.weights().distance()).isCloseTo(0.18393972, within(1e-8));
    assertThat(loss.weights().boundary()).isCloseTo(0.36787944, within(1e-8));
  }

  @Test
  void addsWeightedLossesAndRegularizers() {
    // e^-1 (0.6 + 0.5 · 0.8 + 0.3) + 3 · 0.4 e
    assertThat(AdaptiveMultiObjectiveLoss.initial(SETTINGS).value(LOSSES))
        .isCloseTo(0.47824327 + 3.26193819, within(1e-8));
  }

  @Test
  void weighsEachTaskByItsOwnS() {
    // s = (0, ln 2, ln 4): weights 1, 0.25, 0.25, regularizers 0.4, 0.8, 1.6
    AdaptiveMultiObjectiveLoss loss = at(new TaskValues(0, Math.log(2), Math.log(4)));

    assertThat(loss.value(LOSSES)).isCloseTo(0.6 + 0.2 + 0.075 + 2.8, within(1e-12));
    TaskValues gradient = loss.gradient(LOSSES);
    assertThat(gradient.segmentation()).isCloseTo(-0.6 + 0.4, within(1e-12));
    assertThat(gradient.distance()).isCloseTo(-0.2 + 0.8, within(1e-12));
    assertThat(gradient.boundary()).isCloseTo(-0.075 + 1.6, within(1e-12));
  }

  @Test
  void hasTheGradientOfItsValue() {
    TaskValues s = new TaskValues(0.3, -0.7, 1.9);
    TaskValues gradient = at(s).gradient(LOSSES);
    double h = 1e-5;

    for (TaskValues direction :
        new TaskValues[] {
          new TaskValues(1, 0, 0), new TaskValues(0, 1, 0), new TaskValues(0, 0, 1)
        }) {
      double up = at(s.plus(direction.times(h))).value(LOSSES);
      double down = at(s.plus(direction.times(-h))).value(LOSSES);
      assertThat(gradient.times(direction).sum())
          .as("derivative along %s", direction)
          .isCloseTo((up - down) / (2 * h), within(1e-8));
    }
  }

  @Test
  void aStepLeavesTheLossItWasTakenFromAsItWas() {
    AdaptiveMultiObjectiveLoss before = AdaptiveMultiObjectiveLoss.initial(SETTINGS);
    AdaptiveMultiObjectiveLoss after = before.step(new TaskValues(2, -2, 2));

    assertThat(before.s()).isEqualTo(new TaskValues(1, 1, 1));
    assertThat(before.adam().steps()).isZero();
    assertThat(after.adam().steps()).isEqualTo(1);
    // The first step of Adam is the learning rate, against the sign of the gradient.
    assertThat(after.s().segmentation()).isCloseTo(0.95, within(1e-8));
    assertThat(after.s().distance()).isCloseTo(1.05, within(1e-8));
    assertThat(after.s().boundary()).isCloseTo(0.95, within(1e-8));
  }

  @Test
  void refusesConstantsThatAreNotFinite() {
    assertThatThrownBy(
            () ->
                new AdaptiveMultiObjectiveLoss.Settings(
                    1, 0.05, 0, new TaskValues(1, Double.NaN, 1), 0.4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite")
        .hasMessageContaining("NaN");
    assertThatThrownBy(
            () ->
                new AdaptiveMultiObjectiveLoss.Settings(
                    1, Double.POSITIVE_INFINITY, 0, new TaskValues(1, 1, 1), 0.4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Infinity");
  }

  private static AdaptiveMultiObjectiveLoss at(TaskValues s) {
    return new AdaptiveMultiObjectiveLoss(SETTINGS, Adam.initial(s));
  }
}
