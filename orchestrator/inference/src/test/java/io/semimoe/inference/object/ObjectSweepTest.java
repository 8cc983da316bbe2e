package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectSweepTest {
  private static final ObjectOptions COMPONENTS = ObjectOptions.COMPONENTS;

  @Test
  void findsTheComponentsOfWholeMaps() {
    for (long seed = 0; seed < 250; seed++) {
      LabelMap mask = TestMaps.mask(seed);
      for (long hole : new long[] {0, 1, 5, 60, ObjectOptions.ALL_HOLES}) {
        for (long minimum : new long[] {0, 4, 30}) {
          ObjectOptions options = COMPONENTS.withMaximumHoleArea(hole).withMinimumArea(minimum);
          assertThat(inOrderOfFirstPixels(TestMaps.objects(mask, options).labels()))
              .as("seed %d, %s, %s", seed, mask, options)
              .isEqualTo(TestMaps.components(mask, minimum, hole));
        }
      }
    }
  }

  @Test
  void measuresTheirPixelsSeparatedOrNot() {
    for (long seed = 0; seed < 150; seed++) {
      LabelMap mask = TestMaps.mask(seed);
      FloatMap probability = TestMaps.probability(mask, seed);
      FloatMap distance = TestMaps.noise(mask.width(), mask.height(), 50, seed);
      for (boolean separate : new boolean[] {false, true}) {
        ObjectOptions options = COMPONENTS.withMaximumHoleArea(9).withSeparate(separate);
        SegmentedObjects found =
            SegmentedObjects.of(probability, Optional.of(distance), 0.5f, options);
        for (SegmentedObject object : found.objects()) {
          check(object, found.labels(), probability, "seed " + seed + ", " + options);
        }
      }
    }
  }

  private static void check(
      SegmentedObject object, LabelMap labels, FloatMap probability, String description) {
    int left = Integer.MAX_VALUE;
    int right = 0;
    int top = Integer.MAX_VALUE;
    int bottom = 0;
    int area = 0;
    double sumX = 0;
    double sumY = 0;
    double sum = 0;
    for (int y = 0; y < labels.height(); y++) {
      for (int x = 0; x < labels.width(); x++) {
        if (labels.label(x, y) == object.id()) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
          area++;
          sumX += x + 0.5;
          sumY += y + 0.5;
          sum += probability.value(x, y);
        }
      }
    }
    assertThat(object.area()).as(description).isEqualTo(area);
    assertThat(object.box())
        .as(description)
        .isEqualTo(new PixelBox(left, top, right - left + 1, bottom - top + 1));
    assertThat(object.centroidX()).as(description).isCloseTo(sumX / area, within(1e-9));
    assertThat(object.centroidY()).as(description).isCloseTo(sumY / area, within(1e-9));
    assertThat(object.meanProbability()).as(description).isCloseTo(sum / area, within(1e-5));
  }

  @Test
  void countsObjectsByTheRowThatCompletesThem() {
    LabelMap mask =
        TestMaps.drawn(
            "#....#", //
            "#..#..", "#.....", "..#..#");

    assertThat(TestMaps.objects(mask, COMPONENTS).labels().labels())
        .isEqualTo(
            new int[] {
              3, 0, 0, 0, 0, 1, //
              3, 0, 0, 2, 0, 0,
              3, 0, 0, 0, 0, 0,
              0, 0, 4, 0, 0, 5
            });
  }

  @Test
  void ofObjectsCompleteInTheSameRowTheFirstPixelCounts() {
    LabelMap mask =
        TestMaps.drawn(
            "......#", //
            "#.....#", "#...#.#", "#...###");

    SegmentedObjects found = TestMaps.objects(mask, COMPONENTS);

    assertThat(found.labels().label(6, 0)).isEqualTo(1);
    assertThat(found.labels().label(0, 1)).isEqualTo(2);
  }

  @Test
  void aFilledHoleLeavesNoTrace() {
    ObjectOptions options = COMPONENTS.withMaximumHoleArea(8);
    SegmentedObjects ring =
        TestMaps.objects(TestMaps.drawn("#####", "#...#", "#.#.#", "#...#", "#####"), options);
    SegmentedObjects solid =
        TestMaps.objects(TestMaps.drawn("#####", "#####", "#####", "#####", "#####"), options);

    assertThat(ring.labels()).isEqualTo(solid.labels());
    assertThat(ring.objects())
        .usingRecursiveComparison()
        .ignoringFields("meanProbability")
        .isEqualTo(solid.objects());
    assertThat(ring.objects().get(0).meanProbability()).isEqualTo(17 / 25.0);
  }

  @Test
  void backgroundThatReachedTheBorderInAnEarlierRowIsNoHole() {
    LabelMap mask =
        TestMaps.drawn(
            "#####", //
            "###.#", "..#.#", "#...#", "#####");

    assertThat(areas(mask, 0, ObjectOptions.ALL_HOLES)).containsExactly(18L);
  }

  @Test
  void handsAnObjectOverWithTheFirstRowThatCannotAddToIt() {
    List<SegmentedObject> objects = new ArrayList<>();
    ObjectSweep sweep = new ObjectSweep(4, 0.5f, COMPONENTS, objects::add);

    sweep.row(new float[] {1, 1, 0, 0});
    sweep.row(new float[] {0, 0, 1, 0});
    assertThat(objects).isEmpty();
    sweep.row(new float[4]);
    assertThat(objects).hasSize(1);
    sweep.row(new float[] {0, 0, 0, 1});
    assertThat(sweep.finish()).isEqualTo(2);
    assertThat(sweep.finish()).isEqualTo(2);
    assertThat(objects).hasSize(2);
  }

  @Test
  void objectsInAHoleWaitUntilItIsKnownWhetherItIsFilled() {
    String[] filled = {"#######", "#.....#", "#..#..#", "#.....#", "#######"};
    String[] open = {"#######", "#.....#", "#..#..#", "#.....#", "#####.#"};
    ObjectOptions options = COMPONENTS.withMaximumHoleArea(14);

    assertThat(TestMaps.objects(TestMaps.drawn(filled), options).objects())
        .singleElement()
        .satisfies(object -> assertThat(object.area()).isEqualTo(35));
    assertThat(TestMaps.objects(TestMaps.drawn(open), options).objects())
        .extracting(SegmentedObject::area)
        .containsExactlyInAnyOrder(1L, 19L);
    assertThat(TestMaps.objects(TestMaps.drawn(filled), options.withMaximumHoleArea(13)).objects())
        .extracting(SegmentedObject::area)
        .containsExactly(1L, 20L);
  }

  @Test
  void holesAndSmallObjectsAreJudgedAtTheirLimits() {
    LabelMap mask =
        TestMaps.drawn(
            "####..#", //
            "#..#..#", "####..#");

    assertThat(areas(mask, 0, 1)).containsExactlyInAnyOrder(10L, 3L);
    assertThat(areas(mask, 0, 2)).containsExactlyInAnyOrder(12L, 3L);
    assertThat(areas(mask, 3, 2)).containsExactlyInAnyOrder(12L, 3L);
    assertThat(areas(mask, 4, 2)).containsExactlyInAnyOrder(12L);
    // The hole counts towards the smallest area once it is filled.
    assertThat(areas(mask, 12, 2)).containsExactly(12L);
    assertThat(areas(mask, 12, 1)).isEmpty();
  }

  private static List<Long> areas(LabelMap mask, long minimum, long hole) {
    ObjectOptions options = COMPONENTS.withMinimumArea(minimum).withMaximumHoleArea(hole);
    return TestMaps.objects(mask, options).objects().stream().map(SegmentedObject::area).toList();
  }

  @Test
  void anImageWithoutForegroundHasNoObjects() {
    assertThat(TestMaps.objects(TestMaps.drawn("...", "..."), COMPONENTS).objects()).isEmpty();
    assertThat(new ObjectSweep(3, 0.5f, COMPONENTS, object -> {}).finish()).isZero();
  }

  @Test
  void anImageOfForegroundIsOneObject() {
    assertThat(TestMaps.objects(TestMaps.drawn("###", "###"), COMPONENTS).objects())
        .singleElement()
        .satisfies(object -> assertThat(object.box()).isEqualTo(new PixelBox(0, 0, 3, 2)));
  }

  @Test
  void anImageMayBeOnePixelWide() {
    assertThat(TestMaps.objects(TestMaps.drawn("#", "#", ".", "#"), COMPONENTS).objects())
        .extracting(SegmentedObject::box)
        .containsExactly(new PixelBox(0, 0, 1, 2), new PixelBox(0, 3, 1, 1));
  }

  @Test
  void aProbabilityAtTheThresholdIsBackground() {
    List<SegmentedObject> objects = new ArrayList<>();
    ObjectSweep sweep = new ObjectSweep(3, 0.25f, COMPONENTS, objects::add);

    sweep.row(new float[] {0.25f, Math.nextUp(0.25f), 0});
    sweep.finish();

    assertThat(objects)
        .singleElement()
        .satisfies(object -> assertThat(object.box()).isEqualTo(new PixelBox(1, 0, 1, 1)));
  }

  /** The same map with its labels numbered in the order of their first pixels. */
  private static LabelMap inOrderOfFirstPixels(LabelMap map) {
    int[] numbers = new int[map.maxLabel() + 1];
    int[] out = new int[map.labels().length];
    int count = 0;
    for (int i = 0; i < out.length; i++) {
      int label = map.labels()[i];
      if (label != 0) {
        numbers[label] = numbers[label] == 0 ? ++count : numbers[label];
        out[i] = numbers[label];
      }
    }
    return new LabelMap(map.width(), map.height(), out);
  }
}
