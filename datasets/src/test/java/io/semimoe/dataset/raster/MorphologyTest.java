package io.semimoe.dataset.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MorphologyTest {
  @Test
  void theDiskOfRadiusTwoHasThirteenPixels() {
    int[] labels = new int[25];
    labels[12] = 7;

    assertThat(Morphology.dilate(new LabelMap(5, 5, labels), 2).labels())
        .containsExactly(
            0, 0, 1, 0, 0, //
            0, 1, 1, 1, 0, //
            1, 1, 1, 1, 1, //
            0, 1, 1, 1, 0, //
            0, 0, 1, 0, 0);
  }

  @Test
  void marksExactlyThePixelsWithinTheRadius() {
    for (long seed = 0; seed < 200; seed++) {
      LabelMap map = RandomMaps.labels(seed, 2);
      int radius = (int) (seed % 6);
      int[] distances = DistanceTransform.squaredToForeground(map);
      int[] expected = new int[distances.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = distances[i] <= radius * radius ? 1 : 0;
      }
      assertThat(Morphology.dilate(map, radius).labels())
          .as("seed %d, radius %d, %s", seed, radius, map)
          .isEqualTo(expected);
    }
  }

  @Test
  void refusesANegativeRadius() {
    LabelMap map = new LabelMap(1, 1, new int[1]);

    assertThatThrownBy(() -> Morphology.dilate(map, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found -1");
  }
}
