package io.semimoe.dataset.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.DistanceTransform;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Morphology;
import io.semimoe.dataset.raster.RandomMaps;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetsTest {
  @Test
  void theFieldIsPositiveInsideZeroOnTheInnerBoundaryAndNegativeOutside() {
    LabelMap map = new LabelMap(8, 1, new int[] {1, 1, 2, 2, 0, 0, 0, 0});

    assertThat(SignedDistanceField.of(map, TargetMode.UNION).values())
        .containsExactly(1f, 0.75f, 0.5f, 0f, -0.25f, -0.5f, -0.75f, -1f);
  }

  @Test
  void onlyTheInstanceModeHasAWallInTheField() {
    LabelMap map = new LabelMap(8, 1, new int[] {1, 1, 1, 1, 2, 2, 0, 0});

    assertThat(SignedDistanceField.of(map, TargetMode.INSTANCES).values())
        .containsExactly(1f, 0.75f, 0.5f, 0f, 0f, 0f, -0.5f, -1f);
    assertThat(SignedDistanceField.of(map.foreground(), TargetMode.INSTANCES))
        .isEqualTo(SignedDistanceField.of(map, TargetMode.UNION));
  }

  @Test
  void theInstanceModeMeasuresInEachGlandByItself() {
    for (long seed = 0; seed < 200; seed++) {
      LabelMap map = RandomMaps.labels(seed, 4);
      if (map.distinctLabels().length == 0 || map.foregroundCount() == map.labels().length) {
        continue;
      }
      assertThat(SignedDistanceField.of(map, TargetMode.INSTANCES).values())
          .as("seed %d, %s", seed, map)
          .isEqualTo(fieldGlandByGland(map));
    }
  }

  private static float[] fieldGlandByGland(LabelMap map) {
    double[] inside = new double[map.labels().length];
    for (int object : map.distinctLabels()) {
      LabelMap own = only(map, object);
      int[] squared = DistanceTransform.squaredToOther(own);
      for (int i = 0; i < inside.length; i++) {
        inside[i] += own.labels()[i] * Math.sqrt(squared[i]);
      }
    }
    int[] squaredOutside = DistanceTransform.squaredToForeground(map);
    double maxInside = Arrays.stream(inside).max().orElseThrow();
    double maxOutside = Math.sqrt(Arrays.stream(squaredOutside).max().orElseThrow());
    float[] field = new float[inside.length];
    for (int i = 0; i < field.length; i++) {
      double depth = inside[i] > 1 ? inside[i] / maxInside : 0;
      field[i] = (float) (depth - Math.sqrt(squaredOutside[i]) / maxOutside);
    }
    return field;
  }

  @ParameterizedTest
  @EnumSource
  void theFieldOfOneRegionIsConstant(TargetMode mode) {
    LabelMap background = new LabelMap(2, 2, new int[] {0, 0, 0, 0});
    LabelMap gland = new LabelMap(2, 2, new int[] {3, 3, 3, 3});

    assertThat(SignedDistanceField.of(background, mode).values()).containsOnly(-1f);
    assertThat(SignedDistanceField.of(gland, mode).values()).containsOnly(1f);
  }

  @Test
  void glandsWithoutBackgroundAreOneRegionOfTheUnionOnly() {
    LabelMap map = new LabelMap(4, 1, new int[] {1, 1, 2, 2});

    assertThat(SignedDistanceField.of(map, TargetMode.UNION).values()).containsOnly(1f);
    assertThat(SignedDistanceField.of(map, TargetMode.INSTANCES).values())
        .containsExactly(1f, 0f, 0f, 1f);
  }

  @ParameterizedTest
  @EnumSource
  void aSingleGlandPixelIsZeroAndNeverNotANumber(TargetMode mode) {
    LabelMap map = new LabelMap(3, 1, new int[] {0, 1, 0});

    assertThat(SignedDistanceField.of(map, mode).values()).containsExactly(-1f, 0f, -1f);
  }

  @Test
  void onlyTheInstanceModeSeesTheWallBetweenTouchingGlands() {
    LabelMap map = new LabelMap(8, 1, new int[] {1, 1, 1, 2, 2, 2, 0, 0});

    assertThat(BoundaryTarget.of(map, TargetMode.UNION).labels())
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 1);
    assertThat(BoundaryTarget.of(map, TargetMode.INSTANCES).labels())
        .containsExactly(0, 1, 1, 1, 1, 0, 1, 1);
  }

  @Test
  void theInstanceModeIsTheUnionOfEachGlandsOwnRing() {
    for (long seed = 0; seed < 200; seed++) {
      LabelMap map = RandomMaps.labels(seed, 4);
      assertThat(BoundaryTarget.of(map, TargetMode.INSTANCES).labels())
          .as("seed %d, %s", seed, map)
          .isEqualTo(ringByRing(map));
    }
  }

  private static int[] ringByRing(LabelMap map) {
    int[] out = new int[map.labels().length];
    for (int object : map.distinctLabels()) {
      LabelMap own = only(map, object);
      int[] dilated = Morphology.dilate(own, 2).labels();
      for (int i = 0; i < out.length; i++) {
        out[i] |= dilated[i] & ~own.labels()[i];
      }
    }
    return out;
  }

  private static LabelMap only(LabelMap map, int object) {
    int[] own = new int[map.labels().length];
    for (int i = 0; i < own.length; i++) {
      own[i] = map.labels()[i] == object ? 1 : 0;
    }
    return new LabelMap(map.width(), map.height(), own);
  }
}
