package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.training.artifact.TrainingDesign;
import org.junit.jupiter.api.Test;

class DropoutFactorsTest {
  private static final float RATE = 0.2f;

  private static DropoutFactors factors(float rate, long seed) {
    return new DropoutFactors(
        new TrainingDesign(
            new NetworkSpec(64, 24, 32, 32), 2, rate, new Optimizer.Sgd(0.9f, 0), false),
        seed);
  }

  @Test
  void asManyUnitsAreDroppedAsTheRateSaysAndTheMeanStays() {
    float[] drawn = factors(RATE, 1).draw(0, 0, true);

    assertThat(drawn).hasSizeGreaterThan(5000);
    double sum = 0;
    int dropped = 0;
    for (float factor : drawn) {
      assertThat(factor).isIn(0f, 1.25f);
      sum += factor;
      dropped += factor == 0 ? 1 : 0;
    }
    assertThat(dropped / (double) drawn.length).isCloseTo(RATE, within(0.03));
    assertThat(sum / drawn.length).isCloseTo(1, within(0.04));
  }

  @Test
  void eachPassOfEachIterationDropsOthers() {
    float[] drawn = factors(RATE, 1).draw(0, 0, true);

    assertThat(factors(RATE, 1).draw(0, 0, true)).isEqualTo(drawn);
    assertThat(factors(RATE, 1).draw(0, 0, false)).isNotEqualTo(drawn);
    assertThat(factors(RATE, 1).draw(0, 1, true)).isNotEqualTo(drawn);
    assertThat(factors(RATE, 1).draw(1, 0, true)).isNotEqualTo(drawn);
    assertThat(factors(RATE, 2).draw(0, 0, true)).isNotEqualTo(drawn);
  }

  @Test
  void aRateOfZeroDrawsNothing() {
    assertThat(factors(0, 1).draw(0, 0, true)).isEmpty();
  }
}
