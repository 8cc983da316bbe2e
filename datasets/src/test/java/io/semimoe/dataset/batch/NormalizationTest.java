package io.semimoe.dataset.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final RgbImage TWO_PIXELS =
      new RgbImage(2, 1, new byte[] {0, 51, (byte) 255, (byte) 255, 102, 0});

  private static float[] planes(Normalization normalization) {
    float[] planes = new float[6];
    normalization.apply(TWO_PIXELS, planes, 0);
    return planes;
  }

  @Test
  void planesAreRedThenGreenThenBlue() {
    Normalization normalization =
        new Normalization(new float[] {0.5f, 0, 0}, new float[] {0.5f, 0.1f, 2});
    assertThat(planes(normalization))
        .containsExactly(new float[] {-1, 1, 2, 4, 0.5f, 0}, within(1e-6f));
  }

  @Test
  void glasConstantsGiveTheValuesOfTheFormula() {
    float[] planes = planes(Normalization.GLAS);
    assertThat(planes[1]).isCloseTo((1 - .787803f) / .428206f, within(1e-6f));
    assertThat(planes[2]).isCloseTo((0.2f - .512017f) / .507778f, within(1e-6f));
    assertThat(planes[4]).isCloseTo((1 - .784938f) / .426366f, within(1e-6f));
  }

  @Test
  void cragConstantsGiveTheValuesOfTheFormula() {
    assertThat(planes(Normalization.CRAG))
        .containsExactly(
            new float[] {
              -.8306555f / .11995327f,
              (1 - .8306555f) / .11995327f,
              (0.2f - .7223692f) / .15234795f,
              (0.4f - .7223692f) / .15234795f,
              (1 - .8572969f) / .09136074f,
              -.8572969f / .09136074f
            },
            within(1e-5f));
  }

  @Test
  void measuresMeanAndPopulationDeviation() throws Exception {
    RgbImage twoRows = new RgbImage(1, 2, TWO_PIXELS.rgb());
    Normalization measured = Normalization.measure(List.of(TWO_PIXELS, twoRows));
    assertThat(measured.mean()).containsExactly(new float[] {0.5f, 0.3f, 0.5f}, within(1e-6f));
    assertThat(measured.std()).containsExactly(new float[] {0.5f, 0.1f, 0.5f}, within(1e-6f));
  }

  @Test
  void nothingToMeasureAndConstantImagesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Normalization.measure(List.of()));
    RgbImage black = new RgbImage(1, 1, new byte[3]);
    assertThatThrownBy(() -> Normalization.measure(List.of(black)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found red 0 in every pixel");
    // 0.2 has no exact square: the deviation that is computed is not 0.
    RgbImage pale = new RgbImage(3, 1, new byte[] {0, 51, 0, 9, 51, 9, 8, 51, 8});
    assertThatThrownBy(() -> Normalization.measure(List.of(pale, pale, pale)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found green 51 in every pixel");
  }

  @Test
  void arraysAreCopied() {
    float[] mean = {0.1f, 0.2f, 0.3f};
    Normalization normalization = new Normalization(mean, new float[] {1, 1, 1});
    mean[0] = 9;
    normalization.mean()[1] = 9;
    assertThat(normalization)
        .isEqualTo(new Normalization(new float[] {0.1f, 0.2f, 0.3f}, new float[] {1, 1, 1}))
        .isNotEqualTo(new Normalization(new float[] {0.1f, 9, 0.3f}, new float[] {1, 1, 1}));
  }

  @Test
  void numbersThatNormaliseNothingAreRefused() {
    float nan = Float.NaN;
    float infinite = Float.POSITIVE_INFINITY;
    for (float[] wrong : new float[][] {{0, 0}, {0, -1}, {0, nan}, {0, infinite}, {nan, 1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new Normalization(new float[] {0, wrong[0], 0}, new float[] {1, wrong[1], 1}))
          .withMessageContaining("a positive standard deviation of channel 1, found " + wrong[0]);
    }
  }

  @Test
  void planesThatDoNotFitAreRefusedBeforeAnyIsWritten() {
    float[] planes = new float[8];

    Normalization.GLAS.apply(TWO_PIXELS, planes, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalization.GLAS.apply(TWO_PIXELS, new float[8], 3))
        .withMessage("planes: expected room for 6 values from 3 on, found 8 values");
    assertThat(planes[7]).isNotZero();
  }

  @Test
  void wrongNumbersOfChannelsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Normalization(new float[1], new float[1]))
        .withMessageContaining("expected 3 means");
  }
}
