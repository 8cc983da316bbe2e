package io.semimoe.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskValuesTest {
  private static final TaskValues VALUES = new TaskValues(1, 2, 4);

  @Test
  void computesTaskByTask() {
    assertThat(VALUES.plus(new TaskValues(8, 16, 32))).isEqualTo(new TaskValues(9, 18, 36));
    assertThat(VALUES.times(0.5)).isEqualTo(new TaskValues(0.5, 1, 2));
    assertThat(VALUES.times(new TaskValues(3, 5, 7))).isEqualTo(new TaskValues(3, 10, 28));
    assertThat(VALUES.map(v -> v * v)).isEqualTo(new TaskValues(1, 4, 16));
    assertThat(VALUES.sum()).isEqualTo(7);
  }

  @Test
  void isFiniteOnlyIfEveryValueIs() {
    assertThat(VALUES.isFinite()).isTrue();
    assertThat(new TaskValues(Double.NaN, 0, 0).isFinite()).isFalse();
    assertThat(new TaskValues(0, Double.POSITIVE_INFINITY, 0).isFinite()).isFalse();
    assertThat(new TaskValues(0, 0, Double.NEGATIVE_INFINITY).isFinite()).isFalse();
  }
}
