package io.semimoe.dataset.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Morphology;
import io.semimoe.dataset.raster.RandomMaps;
import org.junit.jupiter.api.Test;

class TargetsTest {
  @Test
  void theFieldIsPositiveInsideZeroOnTheInnerBoundaryAndNegativeOutside() {
    LabelMap map = new LabelMap(8, 1, new int[] {1, 1, 2, 2, 0, 0, 0, 0});

    assertThat(SignedDistanceField.of(map).values())
        .containsExactly(1f, 0.75f, 0.5f, 0f, -0.25f, -0.5f, -0.75f, -1f);
  }

  @Test
  void theFieldOfOneClassIsConstant() {
    assertThat(SignedDistanceField.of(new LabelMap(2, 2, new int[] {0, 0, 0, 0})).values())
        .containsOnly(-1f);
    assertThat(SignedDistanceField.of(new LabelMap(2, 2, new int[] {1, 1, 2, 2})).values())
        .containsOnly(1f);
  }

  @Test
  void aSingleGlandPixelIsZeroAndNeverNotANumber() {
    FloatMap field = SignedDistanceField.of(new LabelMap(3, 1, new int[] {0, 1, 0}));

    assertThat(field.values()).containsExactly(-1f, 0f, -1f);
  }

  @Test
  void onlyTheInstanceModeSeesTheWallBetweenTouchingGlands() {
    LabelMap map = new LabelMap(8, 1, new int[] {1, 1, 1, 2, 2, 2, 0, 0});

    assertThat(BoundaryTarget.of(map, BoundaryMode.UNION).labels())
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 1);
    assertThat(BoundaryTarget.of(map, BoundaryMode.INSTANCES).labels())
        .containsExactly(0, 1, 1, 1, 1, 0, 1, 1);
  }

  @Test
  void theInstanceModeIsTheUnionOfEachGlandsOwnRing() {
    for (long seed = 0; seed < 200; seed++) {
      LabelMap map = RandomMaps.labels(seed, 4);
      assertThat(BoundaryTarget.of(map, BoundaryMode.INSTANCES).labels())
          .as("seed %d, %s", seed, map)
          .isEqualTo(ringByRing(map));
    }
  }

  private static int[] ringByRing(LabelMap map) {
    int[] out = new int[map.labels().length];
    for (int object : map.distinctLabels()) {
      int[] own = new int[out.length];
      for (int i = 0; i < own.length; i++) {
        own[i] = map.labels()[i] == object ? 1 : 0;
      }
      int[] dilated = Morphology.dilate(new LabelMap(map.width(), map.height(), own), 2).labels();
      for (int i = 0; i < out.length; i++) {
        out[i] |= dilated[i] & ~own[i];
      }
    }
    return out;
  }
}
