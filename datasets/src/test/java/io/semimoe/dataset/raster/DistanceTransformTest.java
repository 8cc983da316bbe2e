package io.semimoe.dataset.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistanceTransformTest {
  @Test
  void equalsTheSearchOverAllPairsOfPixels() {
    for (long seed = 0; seed < 300; seed++) {
      LabelMap map = RandomMaps.labels(seed, 3);
      assertThat(DistanceTransform.squaredToOther(map))
          .as("to another label, seed %d, %s", seed, map)
          .isEqualTo(search(map, (own, other) -> own != other));
      assertThat(DistanceTransform.squaredToForeground(map))
          .as("to the foreground, seed %d, %s", seed, map)
          .isEqualTo(search(map, (own, other) -> other != 0));
    }
  }

  @Test
  void isExactAcrossTheLongestSides() {
    int side = 16_383;
    int[] labels = new int[side];
    labels[0] = 1;

    assertThat(DistanceTransform.squaredToForeground(new LabelMap(side, 1, labels))[side - 1])
        .isEqualTo((side - 1) * (side - 1));
    assertThat(DistanceTransform.squaredToForeground(new LabelMap(1, side, labels))[side - 1])
        .isEqualTo((side - 1) * (side - 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesSidesWhoseSquaresOverflow(boolean wide) {
    LabelMap map = new LabelMap(wide ? 16_384 : 1, wide ? 1 : 16_384, new int[16_384]);

    assertThatThrownBy(() -> DistanceTransform.squaredToForeground(map))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 16383");
  }

  private interface IntIntPredicate {
    boolean test(int own, int other);
  }

  private static int[] search(LabelMap map, IntIntPredicate counts) {
    int[] labels = map.labels();
    int[] out = new int[labels.length];
    for (int i = 0; i < out.length; i++) {
      int best = DistanceTransform.NONE;
      for (int j = 0; j < out.length; j++) {
        if (counts.test(labels[i], labels[j])) {
          int dx = i % map.width() - j % map.width();
          int dy = i / map.width() - j / map.width();
          best = Math.min(best, dx * dx + dy * dy);
        }
      }
      out[i] = best;
    }
    return out;
  }
}
