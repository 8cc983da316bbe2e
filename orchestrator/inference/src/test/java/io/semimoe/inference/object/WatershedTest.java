package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.ConnectedComponents;
import io.semimoe.dataset.raster.Connectivity;
import io.semimoe.dataset.raster.DistanceTransform;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Touching objects cut apart, through the public entry. */
class WatershedTest {
  private static final ObjectOptions OPTIONS =
      ObjectOptions.COMPONENTS.withSeparate(true).withSeparationDepth(0.5);

  @Test
  void cutsTwoOverlappingDisksAtTheirNeck() {
    LabelMap mask = disks(100, 60, new int[][] {{30, 30, 22}, {70, 30, 22}});

    List<SegmentedObject> parts = separated(mask, OPTIONS).objects();

    assertThat(parts).hasSize(2);
    assertThat(parts)
        .extracting(SegmentedObject::box)
        .allSatisfy(box -> assertThat(box.height()).isEqualTo(45));
    SegmentedObject left = parts.get(0);
    SegmentedObject right = parts.get(1);
    assertThat(left.box().x()).isEqualTo(8);
    assertThat(left.box().x() + left.box().width()).isBetween(50, 51);
    assertThat(right.box().x()).isBetween(50, 51);
    assertThat(left.area() + right.area()).isEqualTo(mask.foregroundCount());
    assertThat(left.area() - right.area()).isBetween(-60L, 60L);
  }

  @Test
  void leavesThemWholeWithoutDistancesOrWhenNotAskedTo() {
    LabelMap mask = disks(100, 60, new int[][] {{30, 30, 22}, {70, 30, 22}});

    assertThat(separated(mask, OPTIONS.withSeparate(false)).objects()).hasSize(1);
    assertThat(TestMaps.objects(mask, OPTIONS).objects()).hasSize(1);
  }

  @Test
  void leavesLongAndBranchedObjectsWhole() {
    // A bar, and a Y of three arms that bulge a little.
    int[][] bar = new int[60][];
    for (int i = 0; i < bar.length; i++) {
      bar[i] = new int[] {20 + i, 20 + i / 3, 10};
    }
    int[][] branched = new int[60][];
    for (int i = 0; i < 20; i++) {
      int radius = 9 + (i / 6 % 2);
      branched[i] = new int[] {50 + i, 50, radius};
      branched[20 + i] = new int[] {50 - i, 50 + i, radius};
      branched[40 + i] = new int[] {50 - i, 50 - i, radius};
    }

    assertThat(separated(disks(100, 60, bar), OPTIONS).objects()).hasSize(1);
    assertThat(separated(disks(100, 100, branched), OPTIONS).objects()).hasSize(1);
  }

  @Test
  void thePassMustBeDeepEnoughForTheLowerPeak() {
    assertThat(parts(OPTIONS, 0.2f, 0.9f, 0.3f, 0.6f, 0.2f)).containsExactly(1, 1, 1, 2, 2);
    assertThat(parts(OPTIONS, 0.2f, 0.9f, 0.301f, 0.6f, 0.2f)).containsExactly(1, 1, 1, 1, 1);
    assertThat(parts(OPTIONS, 0.2f, 0.6f, 0.3f, 0.9f, 0.2f)).containsExactly(1, 1, 2, 2, 2);
    // It is the lower peak that counts, and a peak that was joined counts no more.
    assertThat(parts(OPTIONS, 0.9f, 0.3f, 0.5f, 0.4f, 0.6f)).containsExactly(1, 1, 2, 2, 2);
    assertThat(parts(OPTIONS, 0.5f, 0.3f, 0.9f, 0.4f, 0.8f)).containsExactly(1, 1, 1, 1, 2);
  }

  @Test
  void noiseAboutZeroMakesNoObjects() {
    assertThat(parts(OPTIONS, 0.079f, -0.5f, 0.079f)).containsExactly(1, 1, 1);
    assertThat(parts(OPTIONS, 0.081f, -0.5f, 0.081f)).containsExactly(1, 1, 2);
    assertThat(parts(OPTIONS, -0.1f, -0.9f, -0.1f)).containsExactly(1, 1, 1);
  }

  @Test
  void nothingSmallerThanTheMinimumAreaIsCutOff() {
    float[] distances = {0.9f, 0.8f, 0.7f, 0.1f, 0.8f, 0.9f};

    assertThat(parts(OPTIONS.withMinimumArea(0), distances)).containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(parts(OPTIONS.withMinimumArea(3), distances)).containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(parts(OPTIONS.withMinimumArea(4), distances)).containsExactly(1, 1, 1, 1, 1, 1);
    // A part is as large as all the basins that it was joined from.
    assertThat(
            parts(
                OPTIONS.withMinimumArea(5),
                0.9f,
                0.8f,
                0.9f,
                0.8f,
                0.9f,
                0.1f,
                0.9f,
                0.8f,
                0.8f,
                0.8f,
                0.8f))
        .containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2);
  }

  @Test
  void anAreaCountsOnceWhereverItsBasinsMeet() {
    float[] row = {0.9f, 0.8f, 0.9f, 0.1f, 0.9f, 0.8f, 0.7f, 0.7f, 0.7f, 0.7f};
    float[] rows = new float[2 * row.length];
    System.arraycopy(row, 0, rows, 0, row.length);
    System.arraycopy(row, 0, rows, row.length, row.length);

    // The smaller part has three columns and the pass: 8 pixels.
    assertThat(parts(OPTIONS.withMinimumArea(8), row.length, rows)).contains(1, 2);
    assertThat(parts(OPTIONS.withMinimumArea(9), row.length, rows)).containsOnly(1);
  }

  @Test
  void aPlateauIsSharedHalfAndHalf() {
    float[] distances = {0.9f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.9f};

    assertThat(parts(OPTIONS, distances)).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
  }

  @Test
  void makesAsManyPartsAsThereArePeaksWithADeepPass() {
    for (long seed = 0; seed < 600; seed++) {
      LabelMap mask = TestMaps.mask(seed);
      FloatMap distance = TestMaps.noise(mask.width(), mask.height(), 8, seed);
      SegmentedObjects found =
          SegmentedObjects.of(
              TestMaps.certain(mask),
              Optional.of(distance),
              0.5f,
              OPTIONS.withSeparationDepth(0.45));
      LabelMap components = ConnectedComponents.label(mask, Connectivity.EIGHT);

      assertThat(found.labels().foreground()).as("seed %d", seed).isEqualTo(mask);
      assertThat(found.objects())
          .as("seed %d, %s", seed, mask)
          .hasSize(components.maxLabel() + deepPasses(components, distance, 0.45));
      for (SegmentedObject object : found.objects()) {
        LabelMap part = TestMaps.only(found.labels(), object.id());
        assertThat(ConnectedComponents.label(part, Connectivity.EIGHT).maxLabel())
            .as("components of part %d, seed %d", object.id(), seed)
            .isEqualTo(1);
      }
    }
  }

  /**
   * The peaks, but the highest of each component, below which the highest pass to a higher peak (or
   * to one of the same height and counted before) lies deep enough. By the definition, level by
   * level, on whole maps.
   */
  private static int deepPasses(LabelMap mask, FloatMap distance, double depth) {
    int count = 0;
    // For each pixel of a connected upper level set, the index of that set's counted peak.
    int[] peakOf = new int[mask.labels().length];
    Arrays.fill(peakOf, -1);
    for (int level = 8; level >= -8; level--) {
      int[] upper = new int[peakOf.length];
      for (int i = 0; i < upper.length; i++) {
        upper[i] = mask.labels()[i] != 0 && distance.values()[i] * 8 >= level - 0.5 ? 1 : 0;
      }
      LabelMap sets =
          ConnectedComponents.label(
              new LabelMap(mask.width(), mask.height(), upper), Connectivity.EIGHT);
      int[] highest = new int[sets.maxLabel() + 1];
      Arrays.fill(highest, -1);
      for (int i = 0; i < upper.length; i++) {
        int set = sets.labels()[i];
        int peak = peakOf[i];
        if (set == 0 || peak < 0 || peak == highest[set]) {
          continue;
        }
        int other = highest[set];
        if (other < 0) {
          highest[set] = peak;
          continue;
        }
        int lower = distance.values()[peak] <= distance.values()[other] ? peak : other;
        highest[set] = lower == peak ? other : peak;
        count += isDeep(distance.values()[lower], level / 8.0, depth) ? 1 : 0;
        for (int j = 0; j < upper.length; j++) {
          peakOf[j] = peakOf[j] == lower ? highest[set] : peakOf[j];
        }
      }
      for (int i = 0; i < upper.length; i++) {
        int set = sets.labels()[i];
        if (set != 0) {
          highest[set] = highest[set] < 0 ? i : highest[set];
          peakOf[i] = highest[set];
        }
      }
    }
    return count;
  }

  private static boolean isDeep(double peak, double pass, double depth) {
    return Math.max(pass, 0.04) <= (1 - depth) * peak;
  }

  @Test
  void doesNotDependOnWhatElseIsInTheImage() {
    LabelMap alone = disks(100, 60, new int[][] {{30, 30, 22}, {70, 30, 22}});
    LabelMap among =
        disks(
            300,
            160,
            new int[][] {{130, 90, 22}, {170, 90, 22}, {60, 60, 30}, {250, 80, 40}, {80, 150, 9}});
    List<Long> areas =
        separated(alone, OPTIONS).objects().stream().map(SegmentedObject::area).toList();

    assertThat(separated(among, OPTIONS).objects())
        .hasSize(5)
        .extracting(SegmentedObject::area)
        .containsAll(areas);
  }

  /** The numbers of the parts of one row of foreground. */
  private static int[] parts(ObjectOptions options, float... distances) {
    return parts(options, distances.length, distances);
  }

  private static int[] parts(ObjectOptions options, int width, float[] distances) {
    int height = distances.length / width;
    float[] probability = new float[distances.length];
    Arrays.fill(probability, 1);
    return SegmentedObjects.of(
            new FloatMap(width, height, probability),
            Optional.of(new FloatMap(width, height, distances)),
            0.5f,
            options)
        .labels()
        .labels();
  }

  private static SegmentedObjects separated(LabelMap mask, ObjectOptions options) {
    int[] squared = DistanceTransform.squaredToOther(mask);
    float[] distance = new float[squared.length];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = (float) (mask.labels()[i] == 0 ? 0 : Math.sqrt(squared[i]) / 50);
    }
    return SegmentedObjects.of(
        TestMaps.certain(mask),
        Optional.of(new FloatMap(mask.width(), mask.height(), distance)),
        0.5f,
        options);
  }

  /** Disks of {x, y, radius}. */
  private static LabelMap disks(int width, int height, int[][] disks) {
    int[] labels = new int[width * height];
    for (int[] disk : disks) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int dx = x - disk[0];
          int dy = y - disk[1];
          if (dx * dx + dy * dy <= disk[2] * disk[2]) {
            labels[y * width + x] = 1;
          }
        }
      }
    }
    return new LabelMap(width, height, labels);
  }
}
