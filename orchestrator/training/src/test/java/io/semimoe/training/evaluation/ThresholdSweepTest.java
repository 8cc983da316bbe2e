package io.semimoe.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThresholdSweepTest {

  private static ThresholdSweep.Best best(FloatMap probability, LabelMap truth) {
    ThresholdSweep sweep = new ThresholdSweep();
    sweep.add(probability, truth);
    return sweep.best();
  }

  @Test
  void findsTheThresholdThatSeparates() {
    ThresholdSweep.Best best = best(Maps.tenths("1237889"), Maps.labels("....111"));

    assertThat(best.hundredths()).isEqualTo(70);
    assertThat(best.counts()).isEqualTo(new PixelCounts(3, 3, 3));
  }

  @Test
  void prefersTheThresholdNearestToOneHalf() {
    assertThat(best(Maps.tenths("19"), Maps.labels(".1")).hundredths()).isEqualTo(50);
    assertThat(best(Maps.tenths("13"), Maps.labels(".1")).hundredths()).isEqualTo(29);
  }

  @Test
  void zeroAndOneAreNoThresholds() {
    ThresholdSweep.Best best = best(Maps.tenths(".."), Maps.labels("11"));

    assertThat(best.hundredths()).isEqualTo(50);
    assertThat(best.counts()).isEqualTo(new PixelCounts(0, 0, 2));
  }

  @Test
  void aPixelAtAThresholdIsBelowItAndTheNextNumberAboveIt() {
    for (int hundredths = 1; hundredths < 100; hundredths++) {
      float threshold = hundredths / 100f;
      FloatMap probability = new FloatMap(2, 1, new float[] {threshold, Math.nextUp(threshold)});

      assertThat(best(probability, Maps.labels(".1")))
          .as("0.%02d", hundredths)
          .isEqualTo(new ThresholdSweep.Best(hundredths, new PixelCounts(1, 1, 1)));
    }
  }

  @Test
  void refusesMapsOfDifferentSizes() {
    assertThatThrownBy(() -> new ThresholdSweep().add(Maps.tenths("99"), Maps.labels("111")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3×1, found 2×1");
  }

  @Test
  void poolsOverImages() {
    ThresholdSweep sweep = new ThresholdSweep();
    sweep.add(Maps.tenths("26"), Maps.labels("11"));
    sweep.add(Maps.tenths("96", "33"), Maps.labels("11", ".."));

    assertThat(sweep.best().hundredths()).isEqualTo(50);
    assertThat(sweep.best().counts()).isEqualTo(new PixelCounts(3, 3, 4));
  }

  @Test
  void agreesWithCountingAtEveryThreshold() {
    long seed = 11;
    Random random = new Random(seed);
    float[] values = new float[4000];
    int[] truth = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? random.nextFloat() : random.nextInt(101) / 100f;
      truth[i] = random.nextFloat() < values[i] * values[i] ? 1 : 0;
    }
    FloatMap probability = new FloatMap(80, 50, values);
    LabelMap labels = new LabelMap(80, 50, truth);

    ThresholdSweep.Best best = best(probability, labels);
    double highest = 0;
    for (int hundredths = 1; hundredths < 100; hundredths++) {
      highest = Math.max(highest, PixelCounts.of(probability, hundredths / 100f, labels).dice());
    }
    assertThat(best.counts().dice()).as("seed %d", seed).isEqualTo(highest);
    assertThat(best.counts())
        .isEqualTo(PixelCounts.of(probability, best.hundredths() / 100f, labels));
  }

  @Test
  void refusesNumbersThatAreNoProbabilities() {
    for (float wrong : new float[] {-0.5f, 1.5f, Float.NaN}) {
      FloatMap logits = new FloatMap(1, 1, new float[] {wrong});
      assertThatThrownBy(() -> new ThresholdSweep().add(logits, Maps.labels("1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected probabilities in [0, 1], found " + wrong);
    }
  }

  @Test
  void forgivesRoundingOutsideTheRange() {
    FloatMap rounded = new FloatMap(2, 1, new float[] {Math.nextUp(1f), -1e-7f});

    assertThat(best(rounded, Maps.labels("1.")).counts()).isEqualTo(new PixelCounts(1, 1, 1));
  }
}
