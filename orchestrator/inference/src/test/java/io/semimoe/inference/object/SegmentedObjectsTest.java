package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmentedObjectsTest {
  @Test
  void labelsAreTheIdsOfTheObjects() {
    for (long seed = 0; seed < 200; seed++) {
      LabelMap mask = TestMaps.mask(seed);
      SegmentedObjects found = TestMaps.objects(mask, ObjectOptions.COMPONENTS);
      int[] painted = new int[mask.labels().length];
      for (int i = 0; i < found.objects().size(); i++) {
        assertThat(found.objects().get(i).id()).as("seed %d", seed).isEqualTo(i + 1);
        found.objects().get(i).runs().paint(painted, mask.width(), i + 1);
      }
      assertThat(found.labels().foreground()).as("seed %d", seed).isEqualTo(mask.foreground());
      assertThat(found.labels().labels()).as("seed %d", seed).isEqualTo(painted);
    }
  }

  @Test
  void theSameMapsGiveEqualObjects() {
    LabelMap mask = TestMaps.mask(7);

    assertThat(TestMaps.objects(mask, ObjectOptions.COMPONENTS))
        .isEqualTo(TestMaps.objects(mask, ObjectOptions.COMPONENTS))
        .hasSameHashCodeAs(TestMaps.objects(mask, ObjectOptions.COMPONENTS))
        .isNotEqualTo(TestMaps.objects(mask, ObjectOptions.COMPONENTS.withMinimumArea(10)));
  }

  @Test
  void otherPixelsMakeOtherRunsAndRings() {
    List<SegmentedObject> objects =
        TestMaps.objects(TestMaps.drawn("#.#"), ObjectOptions.COMPONENTS).objects();

    assertThat(objects.get(0).runs()).isNotEqualTo(objects.get(1).runs());
    assertThat(objects.get(0).polygons().get(0).outer())
        .isNotEqualTo(objects.get(1).polygons().get(0).outer());
  }

  @Test
  void refusesMapsOfDifferentSizes() {
    FloatMap probability = new FloatMap(3, 2, new float[6]);
    Optional<FloatMap> distance = Optional.of(new FloatMap(2, 3, new float[6]));

    assertThatThrownBy(
            () -> SegmentedObjects.of(probability, distance, 0.5f, ObjectOptions.GLAS_SIZED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a distance map of the probability's size 3×2, found 2×3");
  }
}
