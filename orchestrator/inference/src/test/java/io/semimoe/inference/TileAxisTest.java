package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TileAxisTest {
  @Test
  void weightsOfAllTilesSumToOneInEveryPixel() {
    Random random = new Random(3);
    for (int trial = 0; trial < 200; trial++) {
      int tile = 16 * (1 + random.nextInt(8));
      int overlap = random.nextInt(tile / 2 + 1);
      int step = 1 + random.nextInt(Math.min(16, tile - overlap));
      int length = 1 + random.nextInt(1000);
      TileAxis axis = TileAxis.of(length, tile, overlap, step);
      double[] sum = new double[length + tile + step];
      for (int i = 0; i < axis.count(); i++) {
        float[] weights = axis.weights(i);
        for (int k = 0; k < tile; k++) {
          assertThat(weights[k]).isBetween(0f, 1f);
          sum[axis.start(i) + k] += weights[k];
        }
      }
      for (int x = 0; x < length; x++) {
        assertThat(sum[x])
            .as("pixel %s of %s, tile %s, overlap %s, step %s", x, length, tile, overlap, step)
            .isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void theTilesCoverTheSideWithNoLessThanTheOverlap() {
    Random random = new Random(4);
    for (int trial = 0; trial < 200; trial++) {
      int tile = 16 * (1 + random.nextInt(8));
      int overlap = random.nextInt(tile / 2 + 1);
      int step = 1 + random.nextInt(Math.min(16, tile - overlap));
      int length = tile + random.nextInt(1000);
      TileAxis axis = TileAxis.of(length, tile, overlap, step);
      assertThat(axis.start(0)).isZero();
      assertThat(axis.start(axis.count() - 1)).isBetween(length - tile, length - tile + step - 1);
      assertThat(axis.start(axis.count())).isEqualTo(length);
      for (int i = 1; i < axis.count(); i++) {
        assertThat(axis.start(i) % step).isZero();
        assertThat(axis.start(i - 1) + tile - axis.start(i)).isBetween(overlap, tile - 1);
      }
      int stride = (tile - overlap) / step * step;
      assertThat(axis.count()).isEqualTo(1 + (length - tile + stride - 1) / stride);
    }
  }

  @Test
  void whatLiesNearTheEndOfATileCountsForNothing() {
    TileAxis axis = TileAxis.of(54, 32, 10, 1);

    assertThat(axis.count()).isEqualTo(2);
    float[] first = axis.weights(0);
    float[] second = axis.weights(1);
    // Shared are 22..31: 22 to 25 are the first tile's, 28 to 31 the second one's.
    assertThat(new float[] {first[21], first[22], first[25], first[28], first[31]})
        .containsExactly(1, 1, 1, 0, 0);
    assertThat(new float[] {second[0], second[3], second[6], second[9], second[10]})
        .containsExactly(0, 0, 1, 1, 1);
    assertThat(new float[] {second[4], second[5]}).containsExactly(0.25f, 0.75f);
  }

  @Test
  void aShortSideHasOneTile() {
    TileAxis axis = TileAxis.of(5, 16, 4, 8);

    assertThat(axis.count()).isEqualTo(1);
    assertThat(axis.start(1)).isEqualTo(5);
    assertThat(axis.weights(0)).containsOnly(1);
  }
}
