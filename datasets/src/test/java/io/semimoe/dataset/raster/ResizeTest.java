package io.semimoe.dataset.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
  @Test
  void bilinearUsesHalfPixelCentresAndClampsAtTheBorder() {
    FloatMap map = new FloatMap(2, 1, new float[] {0, 1});

    // Centres of the four target pixels in the source: -0.25, 0.25, 0.75, 1.25.
    assertThat(Resize.bilinear(map, 4, 1).values())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0f, 0.25f, 0.75f, 1f);
  }

  @Test
  void bilinearShrinksWithoutAntialiasing() {
    FloatMap map = new FloatMap(8, 1, new float[] {9, 1, 3, 9, 9, 5, 7, 9});

    // Centres 1.5 and 5.5: two source pixels each, the others are not looked at.
    assertThat(Resize.bilinear(map, 2, 1).values()).containsExactly(2f, 6f);
  }

  @Test
  void bilinearInterpolatesAlongBothSides() {
    FloatMap map = new FloatMap(2, 2, new float[] {0, 10, 20, 30});

    assertThat(Resize.bilinear(map, 1, 1).values()[0]).isCloseTo(15f, within(1e-5f));
  }

  @Test
  void bilinearReadsEachRowOfAMap() {
    FloatMap map = new FloatMap(2, 3, new float[] {0, 1, 10, 11, 20, 21});

    // Rows at −0.25, 0.25, 0.75, 1.25, 1.75 and 2.25, columns at −0.25, 0.25, 0.75 and 1.25.
    FloatMap resized = Resize.bilinear(map, 4, 6);
    float[] rows = {0, 2.5f, 7.5f, 12.5f, 17.5f, 20};
    float[] columns = {0, 0.25f, 0.75f, 1};
    for (int i = 0; i < 24; i++) {
      assertThat(resized.values()[i]).isCloseTo(rows[i / 4] + columns[i % 4], within(1e-5f));
    }
  }

  @Test
  void bilinearRoundsSamplesAndTreatsThemAsUnsigned() {
    RgbImage image = new RgbImage(2, 1, new byte[] {(byte) 200, 0, 0, (byte) 255, 1, 2});

    // Means 227.5, 0.5 and 1.
    assertThat(Resize.bilinear(image, 1, 1).rgb()).containsExactly((byte) 228, (byte) 1, (byte) 1);
  }

  @Test
  void nearestTakesTheFloorOfTheScaledIndex() {
    LabelMap map = new LabelMap(5, 1, new int[] {10, 11, 12, 13, 14});

    assertThat(Resize.nearest(map, 3, 1).labels()).containsExactly(10, 11, 13);
    assertThat(Resize.nearest(map, 10, 1).labels())
        .containsExactly(10, 10, 11, 11, 12, 12, 13, 13, 14, 14);
  }

  @Test
  void theSameSizeGivesAnEqualCopy() {
    RgbImage image = new RgbImage(1, 2, new byte[] {1, 2, 3, 4, 5, 6});
    RgbImage copy = Resize.bilinear(image, 1, 2);

    assertThat(copy).isEqualTo(image);
    assertThat(copy.rgb()).isNotSameAs(image.rgb());
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "5, 0", "50000, 50000"})
  void refusesATargetThatIsEmptyOrTooLarge(int width, int height) {
    for (ThrowingCallable resize :
        List.<ThrowingCallable>of(
            () -> Resize.nearest(new LabelMap(1, 1, new int[1]), width, height),
            () -> Resize.bilinear(new FloatMap(1, 1, new float[1]), width, height),
            () -> Resize.bilinear(new RgbImage(1, 1, new byte[3]), width, height))) {
      assertThatThrownBy(resize)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("resized ")
          .hasMessageContaining(width + "×" + height);
    }
  }
}
