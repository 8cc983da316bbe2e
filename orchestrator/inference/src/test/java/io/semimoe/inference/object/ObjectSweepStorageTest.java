package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.LabelMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectSweepStorageTest {
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
}
