package io.semimoe.dataset.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RgbSourceTest {
  private final RgbImage image =
      new RgbImage(2, 2, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  private final RgbSource source = RgbSource.of(image);

  @Test
  void anImageIsASourceOfItsCrops() throws Exception {
    assertThat(source.width()).isEqualTo(2);
    assertThat(source.height()).isEqualTo(2);
    assertThat(source.region(0, 0, 2, 2)).isEqualTo(image);
    assertThat(source.region(1, 0, 1, 2))
        .isEqualTo(new RgbImage(1, 2, new byte[] {3, 4, 5, 9, 10, 11}));
  }

  @Test
  void refusesARectangleThatLeavesTheImage() {
    assertThatThrownBy(() -> source.region(1, 1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shrinkingTakesTheMeanOfWhatAPixelCovers() throws Exception {
    RgbSource wide = RgbSource.of(grey(3, 2, 0, 30, 60, 90, 120, 150));

    assertThat(wide.scaled(1, 1).region(0, 0, 1, 1)).isEqualTo(grey(1, 1, 75));
    // A pixel covers one and a half: (0 + 30 / 2) / 1.5, (30 / 2 + 60) / 1.5, and so on.
    assertThat(wide.scaled(2, 2).region(0, 0, 2, 2)).isEqualTo(grey(2, 2, 10, 50, 100, 140));
    assertThat(wide.scaled(3, 1).region(0, 0, 3, 1)).isEqualTo(grey(3, 1, 45, 75, 105));
  }

  @Test
  void growingInterpolatesAsResizingDoes() throws Exception {
    RgbImage noise = noise(13, 7);

    byte[] found = RgbSource.of(noise).scaled(40, 31).region(0, 0, 40, 31).rgb();

    byte[] expected = Resize.bilinear(noise, 40, 31).rgb();
    for (int i = 0; i < expected.length; i++) {
      // Halves may be rounded either way.
      assertThat(found[i] & 0xff).isCloseTo(expected[i] & 0xff, within(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"23, 17", "11, 9", "101, 5", "7, 80", "90, 66", "1, 1", "45, 33"})
  void aScaledImageDoesNotDependOnItsRegions(int width, int height) throws Exception {
    RgbSource scaled = RgbSource.of(noise(45, 33)).scaled(width, height);
    RgbImage whole = scaled.region(0, 0, width, height);

    for (int y = 0; y < height; y += 5) {
      for (int x = 0; x < width; x += 3) {
        int w = Math.min(3, width - x);
        int h = Math.min(5, height - y);
        assertThat(scaled.region(x, y, w, h)).isEqualTo(whole.crop(x, y, w, h));
      }
    }
  }

  @Test
  void readsNoMoreThanARegionCovers() throws Exception {
    RgbSource counted =
        new RgbSource() {
          @Override
          public int width() {
            return 1000;
          }

          @Override
          public int height() {
            return 600;
          }

          @Override
          public RgbImage region(int x, int y, int width, int height) {
            assertThat(List.of(x, y, width, height)).containsExactly(400, 20, 200, 100);
            return new RgbImage(width, height, new byte[3 * width * height]);
          }
        };

    assertThat(counted.scaled(500, 300).region(200, 10, 100, 50).width()).isEqualTo(100);
    assertThat(counted.scaled(1000, 600)).isSameAs(counted);
  }

  @Test
  void refusesAScaledImageWithoutPixelsAndARectangleThatLeavesIt() {
    assertThatThrownBy(() -> source.scaled(0, 4)).isInstanceOf(IllegalArgumentException.class);
    for (double scale : new double[] {0, -1, Double.NaN, 2e9}) {
      assertThatThrownBy(() -> source.scaled(scale))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 pixels");
    }
    assertThatThrownBy(() -> source.scaled(4, 4).region(3, 0, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aScaledImageMayHaveMorePixelsThanAnArrayButNoneOfItsRegions() throws Exception {
    RgbSource large = source.scaled(40_000, 40_000);

    assertThat(large.region(39_999, 39_999, 1, 1))
        .isEqualTo(source.region(source.width() - 1, source.height() - 1, 1, 1));
    assertThatThrownBy(() -> large.region(0, 0, 40_000, 40_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40000×40000");
  }

  @Test
  void aRegionWhoseRowsBeforeTheyShrinkAreTooManyForAnArrayIsNotRead() {
    RgbSource tall =
        new RgbSource() {
          @Override
          public int width() {
            return 2;
          }

          @Override
          public int height() {
            return 60_000;
          }

          @Override
          public RgbImage region(int x, int y, int width, int height) {
            throw new AssertionError("read");
          }
        };

    assertThatThrownBy(() -> tall.scaled(20_000, 600).region(0, 0, 20_000, 600))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("region of 20000×600 pixels is too large for one array; read it in parts");
  }

  private static RgbImage grey(int width, int height, int... values) {
    byte[] rgb = new byte[3 * values.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values[i / 3];
    }
    return new RgbImage(width, height, rgb);
  }

  private static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(5).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }
}
