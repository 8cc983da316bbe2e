package io.semimoe.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectMetricsTest {

  @Test
  void scoresOneShiftedObject() {
    ObjectTally tally = ObjectMetrics.compare(Maps.labels(".222.."), Maps.labels("5555.."));

    assertThat(tally.truePositives()).isEqualTo(1);
    assertThat(tally.dice()).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(tally.hausdorff()).isEqualTo(1);
  }

  @Test
  void halfOfATruthObjectIsNotEnough() {
    ObjectTally tally = ObjectMetrics.compare(Maps.labels("11...."), Maps.labels("1111.."));

    assertThat(tally.truePositives()).isZero();
    assertThat(tally.falsePositives()).isEqualTo(1);
    assertThat(tally.falseNegatives()).isEqualTo(1);
    assertThat(tally.f1()).isZero();
  }

  @Test
  void theSmallestLabelWinsATie() {
    // Object 1 shares two pixels with each of 4 (area 2) and 9 (area 6), so 4 is its match.
    ObjectTally tally = ObjectMetrics.compare(Maps.labels("1111...."), Maps.labels("99449999"));

    assertThat(tally.truePositives()).isEqualTo(1);
    assertThat(tally.predictedDice()).isCloseTo(4 * (2.0 * 2 / 6), within(1e-12));
    assertThat(tally.truthDice()).isCloseTo(2 * (2.0 * 2 / 6) + 6 * (2.0 * 2 / 10), within(1e-12));
  }

  @Test
  void weighsObjectsByTheirAreas() {
    ObjectTally tally =
        ObjectMetrics.compare(Maps.labels("111.2.", "111..."), Maps.labels("111...", "111.7."));

    // Truth 1 is met exactly; the single pixels 2 and 7 have no match and lie one below the other.
    assertThat(tally.f1()).isEqualTo(0.5);
    assertThat(tally.precision()).isEqualTo(0.5);
    assertThat(tally.recall()).isEqualTo(0.5);
    assertThat(tally.dice()).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(tally.hausdorff()).isCloseTo(1.0 / 7, within(1e-12));
  }

  @Test
  void measuresFilledSetsNotContours() {
    // The centre of the block is 2 away from the ring's pixels, its own contour only 1.
    ObjectTally tally =
        ObjectMetrics.compare(
            Maps.labels("11111", "11111", "11111", "11111", "11111"),
            Maps.labels("11111", "1...1", "1...1", "1...1", "11111"));

    assertThat(tally.hausdorff()).isEqualTo(2);
  }

  @Test
  void anObjectWithoutMatchTakesTheNearestObject() {
    // Pixel 3 is 5 away from truth 1 and 3 from truth 2 (farthest pixel of each).
    ObjectTally tally = ObjectMetrics.compare(Maps.labels("....3...."), Maps.labels("11....22."));

    assertThat(tally.predictedHausdorff()).isEqualTo(3);
    assertThat(tally.truthHausdorff()).isEqualTo(2 * 4 + 2 * 3);
    assertThat(tally.hausdorff()).isCloseTo((3 + 3.5) / 2, within(1e-12));
  }

  @Test
  void emptyMapsHaveTheDefinedScores() {
    LabelMap empty = Maps.labels("...");
    LabelMap full = Maps.labels("111");

    ObjectTally both = ObjectMetrics.compare(empty, empty);
    assertThat(both.f1()).isEqualTo(1);
    assertThat(both.dice()).isEqualTo(1);
    assertThat(both.hausdorff()).isZero();
    assertThat(both.precision()).isEqualTo(1);
    assertThat(both.recall()).isEqualTo(1);
    for (ObjectTally one :
        new ObjectTally[] {
          ObjectMetrics.compare(empty, full), ObjectMetrics.compare(full, empty)
        }) {
      assertThat(one.f1()).isZero();
      assertThat(one.dice()).isZero();
      assertThat(one.precision()).isZero();
      assertThat(one.recall()).isZero();
      assertThat(one.hausdorff()).isInfinite();
    }
  }

  @Test
  void poolsByAreaOverImages() {
    ObjectTally pooled =
        ObjectMetrics.compare(Maps.labels("111111"), Maps.labels("111111"))
            .plus(ObjectMetrics.compare(Maps.labels("1....."), Maps.labels(".1....")));

    assertThat(pooled.f1()).isEqualTo(0.5);
    assertThat(pooled.dice()).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(pooled.hausdorff()).isCloseTo(1.0 / 7, within(1e-12));
  }

  @Test
  void oneImageWithNothingToMeasureToMakesThePooledDistanceInfinite() {
    ObjectTally pooled =
        ObjectMetrics.compare(Maps.labels("11."), Maps.labels("11."))
            .plus(ObjectMetrics.compare(Maps.labels("..."), Maps.labels("11.")));

    assertThat(pooled.hausdorff()).isInfinite();
    assertThat(pooled.dice()).isCloseTo((1 + 0.5) / 2, within(1e-12));
  }

  @Test
  void refusesMapsOfDifferentSizes() {
    assertThatThrownBy(() -> ObjectMetrics.compare(Maps.labels("11"), Maps.labels("111")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3×1, found 2×1");
  }

  @Test
  void distancesEqualThoseOfEveryPairOfPixels() {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      LabelMap first = rectangles(random);
      LabelMap second = rectangles(random);

      ObjectTally tally = ObjectMetrics.compare(first, second);

      assertThat(tally.predictedHausdorff())
          .as("seed %d", seed)
          .isCloseTo(weightedDistances(first, second), within(1e-9));
      assertThat(tally.truthHausdorff())
          .as("seed %d", seed)
          .isCloseTo(weightedDistances(second, first), within(1e-9));
    }
  }

  /** Up to five rectangles of 1 to 6 pixels a side, the later ones on top. */
  private static LabelMap rectangles(Random random) {
    int width = 30;
    int height = 24;
    int[] labels = new int[width * height];
    for (int label = 1; label <= 5; label++) {
      int left = random.nextInt(24);
      int top = random.nextInt(18);
      int right = left + 1 + random.nextInt(6);
      int bottom = top + 1 + random.nextInt(6);
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          labels[y * width + x] = label;
        }
      }
    }
    return new LabelMap(width, height, labels);
  }

  /** Σ area · distance to the match, or to the nearest object, straight from the definition. */
  private static double weightedDistances(LabelMap from, LabelMap to) {
    double sum = 0;
    for (int object : from.distinctLabels()) {
      int match = 0;
      int most = 0;
      double nearest = Double.POSITIVE_INFINITY;
      for (int candidate : to.distinctLabels()) {
        int common = 0;
        for (int i = 0; i < from.labels().length; i++) {
          common += from.labels()[i] == object && to.labels()[i] == candidate ? 1 : 0;
        }
        if (common > most) {
          most = common;
          match = candidate;
        }
        nearest = Math.min(nearest, hausdorff(from, object, to, candidate));
      }
      long area = Arrays.stream(from.labels()).filter(l -> l == object).count();
      sum += area * (match == 0 ? nearest : hausdorff(from, object, to, match));
    }
    return sum;
  }

  private static double hausdorff(LabelMap a, int i, LabelMap b, int j) {
    return Math.max(directed(a, i, b, j), directed(b, j, a, i));
  }

  private static double directed(LabelMap a, int i, LabelMap b, int j) {
    double farthest = 0;
    for (int p = 0; p < a.labels().length; p++) {
      if (a.labels()[p] != i) {
        continue;
      }
      double nearest = Double.POSITIVE_INFINITY;
      for (int q = 0; q < b.labels().length; q++) {
        if (b.labels()[q] == j) {
          nearest =
              Math.min(
                  nearest,
                  Math.hypot(p % a.width() - q % a.width(), p / a.width() - q / a.width()));
        }
      }
      farthest = Math.max(farthest, nearest);
    }
    return farthest;
  }
}
