package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a segmenter makes of an image. */
class SegmenterTest {
  private static final SegmenterOptions OPTIONS = SegmenterOptions.builder().threads(1).build();

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void segmentsAnImageAtItsOwnSize() throws Exception {
    RgbImage image = TinyModel.halves(40, 24);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      Segmentation result = segmenter.segment(image);

      assertThat(result.probability().width()).isEqualTo(40);
      assertThat(result.probability().height()).isEqualTo(24);
      assertThat(result.probability().value(0, 0)).isCloseTo(value(7.25), within(1e-6f));
      assertThat(result.probability().value(39, 23)).isCloseTo(value(-12.75), within(1e-6f));
      assertThat(result.mask().foregroundCount()).isEqualTo(20 * 24);
      assertThat(result.mask().label(0, 12)).isEqualTo(1);
      assertThat(result.threshold()).isEqualTo(0.5f);
    }
  }

  private static float value(double logit) {
    return (float) sigmoid(logit);
  }

  @Test
  void resizesTheProbabilitiesOfTheTile() throws Exception {
    RgbImage image = TinyModel.halves(33, 21);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      RgbImage resized = Resize.bilinear(image, TinyModel.TILE, TinyModel.TILE);
      FloatMap tile = segmenter.segment(resized).probability();

      assertThat(segmenter.segment(image).probability()).isEqualTo(Resize.bilinear(tile, 33, 21));
    }
  }

  @Test
  void resizesTheOtherMapsOfTheTileToo() throws Exception {
    byte[] rgb = new byte[3 * 33 * 21];
    new Random(3).nextBytes(rgb);
    RgbImage image = new RgbImage(33, 21, rgb);
    List<String> progress = new ArrayList<>();
    try (Segmenter segmenter = Segmenter.open(new TinyModel().withExperts().bytes(), OPTIONS)) {
      RgbImage input = Resize.bilinear(image, TinyModel.TILE, TinyModel.TILE);
      Segmentation tile = segmenter.segment(input);
      Segmentation whole =
          segmenter.segment(
              image, OptionalDouble.empty(), (done, all) -> progress.add(done + "/" + all));

      assertThat((double) tile.distance().orElseThrow().value(3, 7))
          .isCloseTo(Math.tanh(input.sample(3, 7, 1) / 100.0), within(1e-6));
      assertThat((double) tile.boundary().orElseThrow().value(3, 7))
          .isCloseTo(sigmoid(input.sample(3, 7, 2) / 20.0), within(1e-6));
      assertThat(whole.distance()).hasValue(Resize.bilinear(tile.distance().orElseThrow(), 33, 21));
      assertThat(whole.boundary()).hasValue(Resize.bilinear(tile.boundary().orElseThrow(), 33, 21));
      assertThat(whole.gateWeights()).isPresent().isEqualTo(tile.gateWeights());
    }
    assertThat(progress).containsExactly("1/1");
  }

  @Test
  void theRowsOfAResizedImageComeWhileTheOthersAreStillToBeScaled() throws Exception {
    IOException full = new IOException("full");
    List<Integer> rows = new ArrayList<>();
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      // Maps of more pixels than an array holds.
      assertThatThrownBy(
              () ->
                  segmenter.segment(
                      RgbSource.of(TinyModel.halves(40, 24)),
                      1 << 16,
                      1 << 16,
                      row -> {
                        rows.add(row.y());
                        if (row.y() == 2) {
                          throw full;
                        }
                      },
                      Progress.NONE))
          .isSameAs(full);
    }
    assertThat(rows).containsExactly(0, 1, 2);
  }

  @Test
  void averagesTheMirrorImagesIfAskedTo() throws Exception {
    byte[] model = new TinyModel().lookingLeft().bytes();
    SegmenterOptions mirrored = SegmenterOptions.builder().threads(1).mirrored(true).build();
    RgbImage image = TinyModel.halves(TinyModel.TILE, TinyModel.TILE);
    try (Segmenter left = Segmenter.open(model, OPTIONS);
        Segmenter both = Segmenter.open(model, mirrored)) {
      // The pixel to the left is red, the one to the right is blue.
      assertThat(left.segment(image).probability().value(8, 3))
          .isCloseTo(value(7.25), within(1e-6f));
      assertThat(both.segment(image).probability().value(8, 3))
          .isCloseTo((value(7.25) + value(-12.75)) / 2, within(1e-6f));
    }
  }

  @Test
  void takesRawBytes() throws Exception {
    RgbImage image = TinyModel.halves(20, 12);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      assertThat(segmenter.segment(image.rgb(), 20, 12)).isEqualTo(segmenter.segment(image));
    }
  }

  @Test
  void takesTheSamplesOfAnImageAsTheyAre() throws Exception {
    ColorModel gray =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(gray, gray.createCompatibleWritableRaster(1, 1), false, null);
    image.getRaster().setPixel(0, 0, new int[] {100, 255});
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      assertThat(segmenter.segment(image).probability().value(0, 0))
          .isCloseTo(value(-2.75), within(1e-6f));
    }
  }

  @Test
  void objectsAreThoseOfThePixelSizeThatWasGiven() throws Exception {
    RgbImage image = TinyModel.halves(60, 40);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      OptionalDouble coarse = OptionalDouble.of(0.62);
      OptionalDouble fine = OptionalDouble.of(0.31);

      // 1200 pixels: more than 500 of 0.62 µm cover, fewer than 2000 of 0.31 µm.
      assertThat(segmenter.segment(image, coarse, Progress.NONE).objects().objects()).hasSize(1);
      assertThat(segmenter.segment(image, fine, Progress.NONE).objects().objects()).isEmpty();
      assertThat(segmenter.segment(image).objects().objects()).hasSize(1);
    }
  }

  @Test
  void readsEachColourFromItsOwnPlane() throws Exception {
    byte[] rgb = new byte[TinyModel.TILE * TinyModel.TILE * 3];
    rgb[3 * 5] = (byte) 255;
    rgb[3 * 6 + 1] = (byte) 255;
    rgb[3 * 7 + 2] = (byte) 255;
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      FloatMap probability =
          segmenter.segment(new RgbImage(TinyModel.TILE, TinyModel.TILE, rgb)).probability();

      assertThat(probability.above(0.5f).foregroundCount()).isEqualTo(1);
      assertThat(probability.value(5, 0)).isCloseTo(value(12.75), within(1e-6f));
    }
  }

  @Test
  void takesTheThresholdOfTheOptionsBeforeTheModels() throws Exception {
    byte[] model = new TinyModel().with("semimoe.threshold", "0.25").bytes();
    try (Segmenter byModel = Segmenter.open(model, OPTIONS);
        Segmenter byOptions =
            Segmenter.open(model, SegmenterOptions.builder().threads(1).threshold(0.75).build())) {
      assertThat(byModel.threshold()).isEqualTo(0.25f);
      assertThat(byOptions.threshold()).isEqualTo(0.75f);
      assertThat(byOptions.segment(TinyModel.halves(8, 8)).threshold()).isEqualTo(0.75f);
    }
  }

  @Test
  void givesTheSameResultFromSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        RgbImage image = TinyModel.halves(20 + i, 30);
        Segmentation expected = segmenter.segment(image);
        tasks.add(() -> segmenter.segment(image).equals(expected));
      }
      for (Future<Boolean> same : threads.invokeAll(tasks)) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
