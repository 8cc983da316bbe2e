package io.semimoe.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.raster.Connectivity;
import io.semimoe.dataset.raster.LabelMap;
import org.junit.jupiter.api.Test;

class InstancesTest {

  @Test
  void joinsDiagonalPixelsByDefault() {
    LabelMap mask = Maps.labels("1..", ".1.", "...");

    assertThat(Instances.DEFAULT.of(mask)).isEqualTo(mask);
    assertThat(new Instances(Connectivity.FOUR, 0, 0).of(mask).maxLabel()).isEqualTo(2);
  }

  @Test
  void dropsObjectsBelowTheMinimumArea() {
    LabelMap kept = new Instances(Connectivity.EIGHT, 3, 0).of(Maps.labels("11.11", "....1"));

    assertThat(kept.foreground()).isEqualTo(Maps.labels("...11", "....1"));
    assertThat(kept.distinctLabels()).hasSize(1);
  }

  @Test
  void fillsHolesUpToTheGreatestArea() {
    LabelMap mask = Maps.labels("1111111", "1.11..1", "1111111", ".11111.");

    assertThat(new Instances(Connectivity.EIGHT, 0, 1).of(mask))
        .isEqualTo(Maps.labels("1111111", "1111..1", "1111111", ".11111."));
    assertThat(new Instances(Connectivity.EIGHT, 0, 2).of(mask))
        .isEqualTo(Maps.labels("1111111", "1111111", "1111111", ".11111."));
  }

  @Test
  void leavesBackgroundAtTheBorder() {
    LabelMap mask = Maps.labels("1.1", "111");

    assertThat(new Instances(Connectivity.EIGHT, 0, 100).of(mask)).isEqualTo(mask);
  }

  @Test
  void refusesNegativeAreas() {
    assertThatThrownBy(() -> new Instances(Connectivity.EIGHT, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minimum area");
    assertThatThrownBy(() -> new Instances(Connectivity.EIGHT, 0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hole area");
  }
}
