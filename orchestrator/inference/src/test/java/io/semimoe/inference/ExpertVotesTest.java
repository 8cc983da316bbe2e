package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.RgbImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpertVotesTest {
  private static final GateWeights WEIGHTS =
      new GateWeights(new float[] {0.5f, 0.3f, 0.2f, 0.1f, 0.8f, 0.1f, 0.25f, 0.25f, 0.5f});

  @Test
  void equalsSoftmaxAndTanhOfTheWeightedLogits() {
    int width = 4;
    int height = 3;
    float[] logits = new float[15 * width * height];
    Random random = new Random(1);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian();
    }

    ExpertVotes votes =
        new ExpertVotes(
            new RgbImage(width, height, new byte[3 * width * height]),
            logits,
            new GateWeights(new float[9]));

    TileMaps maps = votes.fuse(WEIGHTS);

    for (int i = 0; i < width * height; i++) {
      double background = fused(logits, width * height, i, 0, 0);
      double gland = fused(logits, width * height, i, 0, 1);
      double field = fused(logits, width * height, i, 1, 2);
      double inside = fused(logits, width * height, i, 2, 3);
      double edge = fused(logits, width * height, i, 2, 4);
      assertThat((double) maps.probability().values()[i])
          .isCloseTo(softmax(gland, background), within(1e-6));
      assertThat((double) maps.distance().orElseThrow().values()[i])
          .isCloseTo(Math.tanh(field), within(1e-6));
      assertThat((double) maps.boundary().orElseThrow().values()[i])
          .isCloseTo(softmax(edge, inside), within(1e-6));
    }
    assertThat(maps.gateWeights()).hasValue(WEIGHTS);
  }

  private static double fused(float[] logits, int pixels, int pixel, int gate, int channel) {
    double sum = 0;
    for (int expert = 0; expert < 3; expert++) {
      sum += WEIGHTS.weight(gate, expert) * logits[(5 * expert + channel) * pixels + pixel];
    }
    return sum;
  }

  private static double softmax(double of, double other) {
    return Math.exp(of) / (Math.exp(of) + Math.exp(other));
  }

  @Test
  void theVotesOnATileTakeSixtyThreeBytesAPixel() {
    assertThat(ExpertVotes.bytes(384)).isEqualTo(63 * 384 * 384);
    assertThat(ExpertVotes.bytes(ModelDescription.LARGEST_TILE)).isEqualTo(63L * 5888 * 5888);
  }

  @Test
  void weightsAreNineAndEqualIfAllAre() {
    assertThatThrownBy(() -> new GateWeights(new float[8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 9 gate weights, found 8");
    assertThat(new GateWeights(new float[9]))
        .isEqualTo(new GateWeights(new float[9]))
        .isNotEqualTo(WEIGHTS);
  }
}
