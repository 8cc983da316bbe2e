package io.semimoe.dataset.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.Dihedral;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CropAndDihedralTest {
  private static final int SIZE = 32;

  /** Large blocks: the image is white where the mask is 1, else black. */
  private static ImageAndMask blocks() {
    int[] labels = new int[SIZE * SIZE];
    byte[] rgb = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < labels.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      boolean inside = x > 5 && x < 26 && y > 8 && y < 20 - x / 4;
      labels[i] = inside ? 1 : 0;
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) (inside ? 255 : 0);
      }
    }
    return new ImageAndMask(
        new RgbImage(SIZE, SIZE, rgb), Optional.of(new LabelMap(SIZE, SIZE, labels)));
  }

  @Test
  void withoutCropsTheResultsAreTheEightSymmetriesAndNothingElse() {
    Set<ImageAndMask> expected = new HashSet<>();
    for (Dihedral symmetry : Dihedral.values()) {
      expected.add(
          new ImageAndMask(symmetry.apply(blocks().image()), blocks().mask().map(symmetry::apply)));
    }
    Set<ImageAndMask> found = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      found.add(new CropAndDihedral(0).apply(blocks(), SeededRandom.of(1, "augmentation", i)));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void cropsKeepImageAndMaskAligned() {
    // Nearest looks half a pixel aside of bilinear, so pixels at an edge may differ; no others.
    for (int i = 0; i < 100; i++) {
      ImageAndMask result =
          new CropAndDihedral(1).apply(blocks(), SeededRandom.of(2, "augmentation", i));
      LabelMap mask = result.mask().orElseThrow();
      for (int y = 1; y < SIZE - 1; y++) {
        for (int x = 1; x < SIZE - 1; x++) {
          if (isFlat(mask, x, y)) {
            boolean white = result.image().sample(x, y, 0) > 127;
            assertThat(white).as("draw %s at %s, %s", i, x, y).isEqualTo(mask.label(x, y) == 1);
          }
        }
      }
    }
  }

  private static boolean isFlat(LabelMap mask, int x, int y) {
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        if (mask.label(x + dx, y + dy) != mask.label(x, y)) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void cropsEnlargeAndReachEveryPosition() {
    // Red tells the column and green the row: the least of each tells where the crop lay.
    byte[] rgb = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < SIZE * SIZE; i++) {
      rgb[3 * i] = (byte) (i % SIZE * 8);
      rgb[3 * i + 1] = (byte) (i / SIZE * 8);
    }
    ImageAndMask ramp = new ImageAndMask(new RgbImage(SIZE, SIZE, rgb), Optional.empty());
    Set<List<Integer>> starts = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      RgbImage image =
          new CropAndDihedral(1).apply(ramp, SeededRandom.of(3, "augmentation", i)).image();
      IntSummaryStatistics columns = samples(image, 0);
      IntSummaryStatistics rows = samples(image, 1);
      assertThat(List.of(columns.getMax() - columns.getMin(), rows.getMax() - rows.getMin()))
          .as("draw %s: 28 of 32 columns and rows", i)
          .containsExactly(27 * 8, 27 * 8);
      starts.add(List.of(columns.getMin() / 8, rows.getMin() / 8));
    }
    assertThat(starts).as("5 columns × 5 rows").hasSize(25);
  }

  private static IntSummaryStatistics samples(RgbImage image, int channel) {
    return IntStream.range(0, SIZE * SIZE)
        .map(i -> image.sample(i % SIZE, i / SIZE, channel))
        .summaryStatistics();
  }

  @Test
  void aboutHalfOfTheImagesAreCroppedByDefault() {
    Set<ImageAndMask> uncropped = new HashSet<>();
    for (Dihedral symmetry : Dihedral.values()) {
      uncropped.add(
          new ImageAndMask(symmetry.apply(blocks().image()), blocks().mask().map(symmetry::apply)));
    }
    int cropped = 0;
    for (int i = 0; i < 400; i++) {
      ImageAndMask result =
          new CropAndDihedral().apply(blocks(), SeededRandom.of(4, "augmentation", i));
      cropped += uncropped.contains(result) ? 0 : 1;
    }
    assertThat(cropped).isBetween(160, 240);
  }

  @Test
  void imagesThatAreNotSquareAndMasksOfAnotherSizeAreRefused() {
    ImageAndMask oblong = new ImageAndMask(new RgbImage(4, 2, new byte[24]), Optional.empty());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CropAndDihedral().apply(oblong, SeededRandom.of(1, "x")))
        .withMessageContaining("expected a square, found 4 x 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ImageAndMask(
                    new RgbImage(2, 2, new byte[12]), Optional.of(new LabelMap(2, 1, new int[2]))));
    assertThatIllegalArgumentException().isThrownBy(() -> new CropAndDihedral(1.5));
  }
}
