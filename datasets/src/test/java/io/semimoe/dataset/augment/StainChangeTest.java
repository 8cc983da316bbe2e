package io.semimoe.dataset.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.RgbImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StainChangeTest {
  private static final double[] ONES = {1, 1, 1};
  private static final double[] ZEROS = {0, 0, 0};

  private static int[] pixel(StainChange change, int red, int green, int blue) {
    RgbImage image = new RgbImage(1, 1, new byte[] {(byte) red, (byte) green, (byte) blue});
    RgbImage changed = change.apply(image);
    return new int[] {changed.sample(0, 0, 0), changed.sample(0, 0, 1), changed.sample(0, 0, 2)};
  }

  @Test
  void factorsOfOneAndNoShiftsGiveBackEverySample() {
    byte[] rgb = new byte[64 * 64 * 3];
    new Random(1).nextBytes(rgb);
    for (int i = 0; i < 256 * 3; i++) {
      rgb[i] = (byte) (i / 3);
    }
    RgbImage image = new RgbImage(64, 64, rgb);

    assertThat(new StainChange(ONES, ZEROS).apply(image)).isEqualTo(image);
  }

  /** 256·exp(−0.2·m) − 1 with haematoxylin's m = 0.65, 0.70, 0.29, and so on. */
  @ParameterizedTest
  @CsvSource({
    // 256 · 0.8781 − 1, 256 · 0.8694 − 1, 256 · 0.9436 − 1
    "0, 0.2, 255, 224, 222, 241",
    // 256 · 0.9861 − 1, 256 · 0.8204 − 1, 256 · 0.9782 − 1
    "1, 0.2, 255, 251, 209, 249",
    // 256 · 0.9474 − 1, 256 · 0.8923 − 1, 256 · 0.8556 − 1
    "2, 0.2, 255, 242, 227, 218",
    // 128 · 1.0141 − 1, 128 · 1.2190 − 1, 128 · 1.0222 − 1
    "1, -0.2, 127, 129, 155, 130",
    // 256 · 0.9680 − 1, 256 · 0.9656 − 1, 256 · 0.9856 − 1
    "0, 0.05, 255, 247, 246, 251",
  })
  void aShiftDyesByTheDensitiesOfItsStain(
      int stain, double shift, int gray, int red, int green, int blue) {
    double[] shifts = new double[3];
    shifts[stain] = shift;

    assertThat(pixel(new StainChange(ONES, shifts), gray, gray, gray))
        .containsExactly(red, green, blue);
  }

  /** (v + 1)/256 is raised to the factor: 1/2 to 1/4, 1/4 to 1/16, and back. */
  @ParameterizedTest
  @CsvSource({
    "2, 127, 63",
    "2, 63, 15",
    "2, 15, 0",
    "2, 0, 0",
    "2, 255, 255",
    "0.5, 63, 127",
    "0.5, 0, 15"
  })
  void theSameFactorForAllStainsIsAPowerOfEverySample(double factor, int sample, int expected) {
    StainChange change = new StainChange(new double[] {factor, factor, factor}, ZEROS);

    assertThat(pixel(change, sample, sample, sample)).containsOnly(expected);
  }

  @Test
  void aFactorChangesTheAmountOfItsStainOnly() {
    // Amount 1 of haematoxylin alone is 256·exp(−0.65) − 1 = 132.6, 126.1, 190.6; amount 2 is 68.8,
    // 62.1, 142.3. The samples before are rounded, and so off by as much as 0.4.
    StainChange more = new StainChange(new double[] {2, 1, 1}, ZEROS);
    StainChange others = new StainChange(new double[] {1, 2, 2}, ZEROS);
    int[] expected = {69, 62, 142};
    int[] same = {133, 126, 191};
    for (int c = 0; c < 3; c++) {
      assertThat(pixel(more, 133, 126, 191)[c]).isBetween(expected[c] - 1, expected[c] + 1);
      assertThat(pixel(others, 133, 126, 191)[c]).isBetween(same[c] - 1, same[c] + 1);
    }
  }

  @Test
  void factorsLeaveWhiteWhite() {
    StainChange change = new StainChange(new double[] {0.5, 1.5, 1.9}, ZEROS);

    assertThat(pixel(change, 255, 255, 255)).containsOnly(255);
  }

  @Test
  void samplesStopAtBlackAndWhite() {
    StainChange darker = new StainChange(ONES, new double[] {9, 9, 9});
    StainChange lighter = new StainChange(ONES, new double[] {-9, -9, -9});

    assertThat(pixel(darker, 10, 128, 255)).containsOnly(0);
    assertThat(pixel(lighter, 0, 128, 255)).containsOnly(255);
  }

  @Test
  void theImageBeforeStaysAsItIs() {
    byte[] rgb = {1, 2, 3};
    new StainChange(ONES, new double[] {0.5, 0.5, 0.5}).apply(new RgbImage(1, 1, rgb));

    assertThat(rgb).containsExactly(1, 2, 3);
  }
}
