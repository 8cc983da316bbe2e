package io.semimoe.dataset.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StainJitterTest {
  private static ImageAndMask noise() {
    byte[] rgb = new byte[16 * 9 * 3];
    new Random(1).nextBytes(rgb);
    int[] labels = IntStream.range(0, 16 * 9).map(i -> i % 4).toArray();
    return new ImageAndMask(new RgbImage(16, 9, rgb), Optional.of(new LabelMap(16, 9, labels)));
  }

  private static ImageAndMask gray(int sample) {
    byte[] rgb = {(byte) sample, (byte) sample, (byte) sample};
    return new ImageAndMask(new RgbImage(1, 1, rgb), Optional.empty());
  }

  private static RgbImage jitter(double strength, ImageAndMask image, int index) {
    return new StainJitter(strength)
        .apply(image, SeededRandom.of(1, "augmentation", index))
        .image();
  }

  @Test
  void strengthZeroChangesNothing() {
    for (int i = 0; i < 20; i++) {
      assertThat(jitter(0, noise(), i)).isEqualTo(noise().image());
    }
  }

  @Test
  void theMaskStaysAsItIs() {
    ImageAndMask result = new StainJitter(0.2).apply(noise(), SeededRandom.of(1, "x"));

    assertThat(result.mask()).isEqualTo(noise().mask());
    assertThat(result.image()).isNotEqualTo(noise().image());
    assertThat(new StainJitter(0.2).apply(gray(9), SeededRandom.of(1, "x")).mask()).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameImageInAnyThread() {
    StainJitter shared = new StainJitter(0.2);
    List<RgbImage> expected =
        IntStream.range(0, 200).mapToObj(i -> jitter(0.2, noise(), i)).toList();
    List<RgbImage> found =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> shared.apply(noise(), SeededRandom.of(1, "augmentation", i)).image())
            .toList();

    assertThat(found).isEqualTo(expected).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2})
  void whiteKeepsItsDistanceFromBlackAndUsesTheRange(double strength) {
    // The densities of the three stains: 0.65 + 0.07 + 0.27 in red, and so on.
    double[] density = {0.99, 2.26, 1.18};
    int[] least = {255, 255, 255};
    for (int i = 0; i < 2000; i++) {
      RgbImage white = jitter(strength, gray(255), i);
      for (int c = 0; c < 3; c++) {
        least[c] = Math.min(least[c], white.sample(0, 0, c));
      }
    }
    for (int c = 0; c < 3; c++) {
      assertThat((double) least[c])
          .as("colour %s", c)
          .isGreaterThan(256 * Math.exp(-strength * density[c]) - 1.6)
          .isLessThan(256 * Math.exp(-0.8 * strength * density[c]) - 1);
    }
  }

  @Test
  void changesOfAllStainsBalanceOut() {
    // Of a pixel with amounts 0.4, 0.3 and 0.1: 256·exp(−0.308) − 1 and so on.
    double[] density = {0.308, 0.634, 0.227};
    byte[] rgb = {(byte) 187, (byte) 135, (byte) 203};
    ImageAndMask tissue = new ImageAndMask(new RgbImage(1, 1, rgb), Optional.empty());
    double[] sum = new double[3];
    Set<RgbImage> distinct = new HashSet<>();
    for (int i = 0; i < 4000; i++) {
      RgbImage changed = jitter(0.2, tissue, i);
      distinct.add(changed);
      for (int c = 0; c < 3; c++) {
        double found = -Math.log((changed.sample(0, 0, c) + 1) / 256.0);
        sum[c] += found;
        // At most 0.2·amount + 0.2 of each stain, and what rounding adds.
        assertThat(Math.abs(found - density[c])).as("draw %s", i).isLessThan(0.6);
      }
    }
    assertThat(distinct).hasSizeGreaterThan(3000);
    for (int c = 0; c < 3; c++) {
      assertThat(sum[c] / 4000).as("colour %s", c).isBetween(density[c] - 0.02, density[c] + 0.02);
    }
  }

  @Test
  void aChainGoesOnWithTheSameRandomNumbers() {
    ImageAndMask square =
        new ImageAndMask(
            new RgbImage(8, 8, Arrays.copyOf(noise().image().rgb(), 192)), Optional.empty());
    Augmentation first = new CropAndDihedral();
    Augmentation second = new StainJitter(0.2);
    for (int i = 0; i < 20; i++) {
      SeededRandom random = SeededRandom.of(3, "augmentation", i);
      ImageAndMask expected = second.apply(first.apply(square, random), random);
      ImageAndMask found = first.then(second).apply(square, SeededRandom.of(3, "augmentation", i));
      assertThat(found).as("draw %s", i).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void strengthsOutOfRangeAreRefused(double strength) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StainJitter(strength))
        .withMessage("strength: expected at least 0 and below 1, found %s", strength);
  }
}
