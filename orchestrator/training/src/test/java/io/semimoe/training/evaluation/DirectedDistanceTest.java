package io.semimoe.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.DistanceTransform;
import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectedDistanceTest {
  private static final int WIDTH = 90;
  private static final int HEIGHT = 70;

  @Test
  void equalsTheDistanceTransformOnRaggedSets() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      LabelMap from = ragged(random);
      LabelMap to = ragged(random);
      int expected = byTransform(from, to);

      assertThat(DirectedDistance.squared(shape(from), shape(to), Integer.MAX_VALUE))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void stopsAtTheLimitWithALowerBound() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      LabelMap from = ragged(random);
      LabelMap to = ragged(random);
      int expected = byTransform(from, to);
      int limit = 1 + random.nextInt(2 * expected + 1);

      int found = DirectedDistance.squared(shape(from), shape(to), limit);

      if (expected < limit) {
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
      } else {
        assertThat(found).as("seed %d", seed).isBetween(limit, expected);
      }
    }
  }

  @Test
  void isZeroForASetInsideTheOther() {
    LabelMap inner = Maps.labels(".....", "..1..", ".....");
    LabelMap outer = Maps.labels("11111", "11111", "11111");

    assertThat(DirectedDistance.squared(shape(inner), shape(outer), Integer.MAX_VALUE)).isZero();
    assertThat(DirectedDistance.squared(shape(outer), shape(inner), Integer.MAX_VALUE))
        .isEqualTo(5);
  }

  @Test
  void seesTheEdgesInsideABay() {
    String[] bay = {"11.....11", "11.....11", "111111111", "111111111", "........."};
    LabelMap inside = Maps.labels(".........", "....1....", ".........", ".........", ".........");

    for (int turn = 0; turn < 2; turn++) {
      assertThat(DirectedDistance.squared(shape(inside), shape(Maps.labels(bay)), 100))
          .isEqualTo(1);
      Collections.reverse(Arrays.asList(bay));
      inside = Maps.labels(".........", ".........", ".........", "....1....", ".........");
    }
  }

  private static ObjectShape shape(LabelMap map) {
    return new ObjectShape(new LabelledObjects(map), 0);
  }

  /** One label: some discs, a share of whose pixels is missing. */
  private static LabelMap ragged(Random random) {
    int[] labels = new int[WIDTH * HEIGHT];
    double share = random.nextBoolean() ? 1 : 0.3 + 0.7 * random.nextDouble();
    int discs = 1 + random.nextInt(3);
    for (int disc = 0; disc < discs; disc++) {
      int centreX = random.nextInt(WIDTH);
      int centreY = random.nextInt(HEIGHT);
      double radius = 1 + random.nextInt(25);
      labels[centreY * WIDTH + centreX] = 1;
      for (int i = 0; i < labels.length; i++) {
        double distance = Math.hypot(i % WIDTH - centreX, i / WIDTH - centreY);
        if (distance <= radius && random.nextDouble() < share) {
          labels[i] = 1;
        }
      }
    }
    return new LabelMap(WIDTH, HEIGHT, labels);
  }

  private static int byTransform(LabelMap from, LabelMap to) {
    int[] squared = DistanceTransform.squaredToForeground(to);
    int greatest = 0;
    for (int i = 0; i < squared.length; i++) {
      if (from.labels()[i] != 0) {
        greatest = Math.max(greatest, squared[i]);
      }
    }
    return greatest;
  }
}
