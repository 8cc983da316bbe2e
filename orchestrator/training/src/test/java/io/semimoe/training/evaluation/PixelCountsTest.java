package io.semimoe.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PixelCountsTest {

  @Test
  void countsForegroundWhateverTheLabels() {
    PixelCounts counts = PixelCounts.of(Maps.labels("112.", "..3."), Maps.labels(".777", "...7"));

    assertThat(counts).isEqualTo(new PixelCounts(2, 4, 4));
    assertThat(counts.dice()).isEqualTo(0.5);
    assertThat(counts.jaccard()).isEqualTo(2.0 / 6);
  }

  @Test
  void aProbabilityAtTheThresholdIsBackground() {
    PixelCounts counts = PixelCounts.of(Maps.tenths("456"), 0.5f, Maps.labels("111"));

    assertThat(counts).isEqualTo(new PixelCounts(1, 1, 3));
  }

  @Test
  void twoEmptyMapsAgreeFully() {
    assertThat(PixelCounts.NONE.dice()).isEqualTo(1);
    assertThat(PixelCounts.NONE.jaccard()).isEqualTo(1);
  }

  @Test
  void oneEmptyMapAgreesInNothing() {
    assertThat(new PixelCounts(0, 3, 0).dice()).isZero();
    assertThat(new PixelCounts(0, 0, 3).jaccard()).isZero();
  }

  @Test
  void theSumOfCountsIsPooled() {
    PixelCounts pooled = new PixelCounts(9, 10, 10).plus(new PixelCounts(0, 0, 10));

    assertThat(pooled.dice()).isEqualTo(18.0 / 30);
    assertThat(pooled.jaccard()).isEqualTo(9.0 / 21);
  }

  @Test
  void refusesMapsOfDifferentSizes() {
    assertThatThrownBy(() -> PixelCounts.of(Maps.labels("11"), Maps.labels("1", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the prediction to have the size of the truth, 1×2, found 2×1");
  }

  @Test
  void refusesCountsThatCannotBe() {
    assertThatThrownBy(() -> new PixelCounts(4, 3, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("intersection 4, predicted 3");
  }
}
