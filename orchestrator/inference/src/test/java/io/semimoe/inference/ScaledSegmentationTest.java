package io.semimoe.inference;

import static io.semimoe.inference.TinyModel.noise;
import static io.semimoe.inference.TinyModel.tiles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Images whose pixels are of another size than those of the model. */
class ScaledSegmentationTest {
  @Test
  void anImageIsScaledToThePixelSizeOfTheModel() throws Exception {
    RgbImage image = noise(30, 22);
    RgbImage finer = Resize.bilinear(image, 60, 44);
    RgbImage coarser = Resize.bilinear(image, 15, 11);
    try (Segmenter segmenter = Segmenter.open(halfMicron(), tiles().build())) {
      assertThat(segmenter.scale(OptionalDouble.of(0.25))).isEqualTo(0.5);
      assertThat(scaled(segmenter, finer, 0.25))
          .containsExactly(of(segmenter, finer, 30, 22), within(1e-6f));
      assertThat(scaled(segmenter, coarser, 1))
          .containsExactly(of(segmenter, coarser, 30, 22), within(1e-6f));
      BufferedImage java = new BufferedImage(60, 44, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 60 * 44; i++) {
        int rgb =
            finer.sample(i % 60, i / 60, 0) << 16
                | finer.sample(i % 60, i / 60, 1) << 8
                | finer.sample(i % 60, i / 60, 2);
        java.setRGB(i % 60, i / 60, rgb);
      }
      assertThat(segmenter.segment(java, OptionalDouble.of(0.25)).probability().values())
          .isEqualTo(scaled(segmenter, finer, 0.25));
    }
  }

  @Test
  void anImageIsSeenAtItsOwnSizeWhereScalingGainsNothing() throws Exception {
    try (Segmenter segmenter = Segmenter.open(halfMicron(), tiles().build())) {
      assertThat(segmenter.scale(OptionalDouble.empty())).isEqualTo(1);
      assertThat(segmenter.scale(OptionalDouble.of(0.54))).isEqualTo(1);
      assertThat(segmenter.scale(OptionalDouble.of(0.46))).isEqualTo(1);
      assertThat(segmenter.scale(OptionalDouble.of(0.56))).isCloseTo(1.12, within(1e-12));
      for (double size : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(() -> segmenter.scale(OptionalDouble.of(size)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(Double.toString(size));
      }
    }
    SegmenterOptions whole =
        SegmenterOptions.builder().prediction(ModelDescription.Prediction.RESIZE).build();
    try (Segmenter segmenter = Segmenter.open(halfMicron(), whole)) {
      assertThat(segmenter.scale(OptionalDouble.of(0.25))).isEqualTo(1);
    }
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), tiles().build())) {
      assertThat(segmenter.scale(OptionalDouble.of(0.25))).isEqualTo(1);
    }
  }

  private static byte[] halfMicron() {
    return new TinyModel().with("semimoe.pixel.size.um", "0.5").bytes();
  }

  private static float[] scaled(Segmenter segmenter, RgbImage image, double micronsPerPixel) {
    return segmenter
        .segment(image, OptionalDouble.of(micronsPerPixel), Progress.NONE)
        .probability()
        .values();
  }

  /** The map of the image at another size, back at its own. */
  private static float[] of(Segmenter segmenter, RgbImage image, int width, int height)
      throws IOException {
    RgbImage scaled = RgbSource.of(image).scaled(width, height).region(0, 0, width, height);
    return Resize.bilinear(segmenter.segment(scaled).probability(), image.width(), image.height())
        .values();
  }
}
