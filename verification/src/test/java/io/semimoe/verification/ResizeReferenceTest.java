package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Resizing against OpenCV's: images within 1 of 255, label maps exact. */
class ResizeReferenceTest {
  private static final ReferenceVectors VECTORS = ReferenceVectors.open("resize.npz");

  static Stream<String> cases() {
    return VECTORS.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bilinearIsWithinOneOfOpenCv(String name) {
    RgbImage expected = VECTORS.get(name + "/image_bilinear").toRgbImage();
    RgbImage actual =
        Resize.bilinear(
            VECTORS.get(name + "/image").toRgbImage(), expected.width(), expected.height());

    int worst = 0;
    for (int i = 0; i < expected.rgb().length; i++) {
      worst = Math.max(worst, Math.abs((expected.rgb()[i] & 0xff) - (actual.rgb()[i] & 0xff)));
    }
    assertThat(worst).as("greatest difference of a sample").isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nearestEqualsOpenCv(String name) {
    LabelMap expected = VECTORS.get(name + "/labels_nearest").toLabelMap();

    assertThat(
            Resize.nearest(
                VECTORS.get(name + "/labels").toLabelMap(), expected.width(), expected.height()))
        .isEqualTo(expected);
  }
}
