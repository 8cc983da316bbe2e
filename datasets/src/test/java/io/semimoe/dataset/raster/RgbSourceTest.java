package io.semimoe.dataset.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RgbSourceTest {
  private final RgbImage image =
      new RgbImage(2, 2, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  private final RgbSource source = RgbSource.of(image);

  @Test
  void anImageIsASourceOfItsCrops() throws Exception {
    assertThat(source.width()).isEqualTo(2);
    assertThat(source.height()).isEqualTo(2);
    assertThat(source.region(0, 0, 2, 2)).isEqualTo(image);
    assertThat(source.region(1, 0, 1, 2))
        .isEqualTo(new RgbImage(1, 2, new byte[] {3, 4, 5, 9, 10, 11}));
  }

  @Test
  void refusesARectangleThatLeavesTheImage() {
    assertThatThrownBy(() -> source.region(1, 1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
