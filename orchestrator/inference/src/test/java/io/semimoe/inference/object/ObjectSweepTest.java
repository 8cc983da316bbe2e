package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.ArrayList;
import java.util.Arrays;
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

  @Test
  void holdsOnlyTheObjectsOfTheMoment() {
    int width = 20_000;
    // Rings of 90 × 90 pixels every 400 pixels; what lies between them reaches the border.
    float[] empty = new float[width];
    float[] bar = new float[width];
    float[] sides = new float[width];
    for (int x = 0; x < width; x++) {
      bar[x] = x % 400 < 90 ? 1 : 0;
      sides[x] = x % 400 < 20 || (x % 400 >= 70 && x % 400 < 90) ? 1 : 0;
    }
    int[] objects = {0};
    ObjectSweep sweep =
        new ObjectSweep(
            width,
            0.5f,
            ObjectOptions.GLAS_SIZED,
            object -> {
              assertThat(object.area()).isEqualTo(8100);
              objects[0]++;
            });
    long runs = 0;
    long samples = 0;
    for (int y = 0; y < 2000; y++) {
      float[] row = y % 100 >= 90 ? empty : y % 100 < 20 || y % 100 >= 70 ? bar : sides;
      sweep.row(row, row);
      runs = Math.max(runs, sweep.storage().runs());
      samples = Math.max(samples, sweep.storage().samples());
    }

    assertThat(sweep.finish()).isEqualTo(50 * 20);
    assertThat(objects[0]).isEqualTo(50 * 20);
    assertThat(samples).isEqualTo(50 * 8100);
    assertThat(runs).isEqualTo(50 * (40 + 3 * 50));
    assertThat(sweep.storage().samples()).isZero();
    assertThat(sweep.storage().runs()).isZero();
  }

  @Test
  void holdsNothingBetweenObjects() {
    for (long seed = 0; seed < 100; seed++) {
      LabelMap mask = TestMaps.mask(seed);
      int width = mask.width();
      float[] probability = TestMaps.probability(mask, seed).values();
      for (long hole : new long[] {0, 5, ObjectOptions.ALL_HOLES}) {
        ObjectOptions options = ObjectOptions.GLAS_SIZED.withMaximumHoleArea(hole);
        ObjectSweep sweep = new ObjectSweep(width, 0.5f, options, object -> {});
        for (int from = 0; from < probability.length; from += width) {
          float[] row = Arrays.copyOfRange(probability, from, from + width);
          sweep.row(row, row);
        }
        sweep.row(new float[width], new float[width]);

        assertThat(sweep.storage().runs()).as("seed %d, holes of %d", seed, hole).isZero();
        assertThat(sweep.storage().samples()).as("seed %d, holes of %d", seed, hole).isZero();
      }
    }
  }

  @Test
  void anObjectWithTooLargeABoxKeepsOnlyRunsAndIsNotSeparated() {
    int width = 1 << 14;
    int height = (int) (ObjectSweep.MAXIMUM_SEPARATED_BOX / width);

    assertThat(areasOfAngle(width, height)).hasSize(2);
    assertThat(areasOfAngle(width, height + 1)).containsExactly((long) width + height);
  }

  /** A row and a column that begin at the pixel (1, 1), with a valley in the middle of the row. */
  private static List<Long> areasOfAngle(int width, int height) {
    List<Long> areas = new ArrayList<>();
    ObjectSweep sweep =
        new ObjectSweep(
            width + 1, 0.5f, ObjectOptions.GLAS_SIZED, object -> areas.add(object.area()));
    float[] probability = new float[width + 1];
    float[] distance = new float[width + 1];
    sweep.row(probability, distance);
    Arrays.fill(probability, 1, width + 1, 1);
    for (int x = 0; x < width; x++) {
      distance[x + 1] = Math.abs(x - width / 2) / (width / 2f);
    }
    sweep.row(probability, distance);
    Arrays.fill(probability, 2, width + 1, 0);
    for (int y = 1; y < height; y++) {
      assertThat(sweep.storage().samples()).isEqualTo(width + y - 1);
      sweep.row(probability, distance);
    }
    boolean tooLarge = (long) width * height > ObjectSweep.MAXIMUM_SEPARATED_BOX;
    assertThat(sweep.storage().samples()).isEqualTo(tooLarge ? 0 : width + height - 1);
    assertThat(sweep.storage().runs()).isEqualTo(height);
    sweep.finish();
    return areas;
  }

  @Test
  void anObjectThatJoinsATooLargeOneKeepsOnlyRunsToo() {
    int width = 1 << 14;
    List<Long> areas = new ArrayList<>();
    ObjectSweep sweep =
        new ObjectSweep(width, 0.5f, ObjectOptions.GLAS_SIZED, object -> areas.add(object.area()));
    float[] row = new float[width];
    Arrays.fill(row, 1);
    sweep.row(row, row);
    Arrays.fill(row, 1, width, 0);
    int height = (int) (ObjectSweep.MAXIMUM_SEPARATED_BOX / width) + 1;
    for (int y = 1; y < height; y++) {
      sweep.row(row, row);
    }
    row[2] = 1;
    sweep.row(row, row);
    assertThat(sweep.storage().samples()).isEqualTo(1);
    row[1] = 1;
    sweep.row(row, row);
    assertThat(sweep.storage().samples()).isZero();
    sweep.finish();
    assertThat(areas).containsExactly(width + height - 1L + 2 + 3);
  }

  @Test
  void forgivesRoundingOutsideTheRangesButNoMore() {
    List<SegmentedObject> objects = new ArrayList<>();
    ObjectSweep sweep = new ObjectSweep(2, 0.5f, COMPONENTS, objects::add);

    sweep.row(new float[] {1.0009f, -0.0009f}, new float[] {1.0009f, -1.0009f});
    for (float wrong : new float[] {-0.0011f, 1.0011f}) {
      assertThatThrownBy(() -> sweep.row(new float[] {wrong, 0}, new float[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("probability at (0, 1): expected a number in [0, 1], found " + wrong);
    }
    for (float wrong : new float[] {-1.0011f, 1.0011f, Float.NaN}) {
      assertThatThrownBy(() -> sweep.row(new float[2], new float[] {0, wrong}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("signed distance at (1, 1): expected a number in [-1, 1], found " + wrong);
    }
    sweep.finish();
    assertThat(objects)
        .singleElement()
        .satisfies(object -> assertThat(object.meanProbability()).isEqualTo(1));
  }

  @Test
  void refusesWhatIsNoRow() {
    ObjectSweep sweep = new ObjectSweep(2, 0.5f, ObjectOptions.GLAS_SIZED, object -> {});

    assertThatThrownBy(() -> sweep.row(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 0: expected 2 probabilities, found 3");
    assertThatThrownBy(() -> sweep.row(new float[2], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 0: expected 2 distances, found 1");
    assertThatThrownBy(() -> sweep.row(new float[] {0, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probability at (1, 0): expected a number in [0, 1], found NaN");
    assertThatThrownBy(() -> sweep.row(new float[2], new float[] {3, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("signed distance at (0, 0): expected a number in [-1, 1], found 3.0");
    sweep.row(new float[2], new float[2]);
    assertThatThrownBy(() -> sweep.row(new float[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("row 1: expected a row with distances, as the rows before it");
    sweep.finish();
    assertThatThrownBy(() -> sweep.row(new float[2], new float[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("row 1 came after finish()");
    assertThatThrownBy(() -> new ObjectSweep(0, 0.5f, ObjectOptions.GLAS_SIZED, object -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObjectSweep(1, Float.NaN, ObjectOptions.GLAS_SIZED, object -> {}))
        .isInstanceOf(IllegalArgumentException.class);
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
