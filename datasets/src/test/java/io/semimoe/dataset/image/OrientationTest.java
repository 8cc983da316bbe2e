package io.semimoe.dataset.image;

import static io.semimoe.dataset.image.TestImages.colour;
import static io.semimoe.dataset.image.TestImages.withExif;
import static io.semimoe.dataset.image.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JPEGs whose camera tells how it was held. */
class OrientationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1,RG/BW", "2,GR/WB", "3,WB/GR", "4,BW/RG", "5,RB/GW", "6,BR/WG", "7,WG/BR", "8,GW/RB",
    "0,RG/BW", "9,RG/BW"
  })
  void turnsAJpegAsItsCameraSays(int orientation, String quarters) throws Exception {
    Path file = write(folder.resolve("a.jpg"), "jpeg", quarters(64, 32));
    Files.write(file, withExif(Files.readAllBytes(file), orientation));

    RgbImage image = ImageFiles.readRgb(file);

    boolean turned = orientation >= 5 && orientation <= 8;
    ImageSize size = turned ? new ImageSize(32, 64) : new ImageSize(64, 32);
    assertThat(new ImageSize(image.width(), image.height())).isEqualTo(size);
    assertThat(ImageFiles.readSize(file)).isEqualTo(size);
    assertThat(
            letter(image, 1, 1)
                + letter(image, 3, 1)
                + "/"
                + letter(image, 1, 3)
                + letter(image, 3, 3))
        .isEqualTo(quarters);
  }

  @Test
  void readsAJpegWhoseCameraDataAreDamaged() throws Exception {
    Path file = write(folder.resolve("a.jpg"), "jpeg", quarters(64, 32));
    byte[] bytes = withExif(Files.readAllBytes(file), 6);
    for (int type = 0; type < 256; type++) {
      bytes[25] = (byte) type;
      Files.write(file, bytes);

      RgbImage image = ImageFiles.readRgb(file);

      assertThat(ImageFiles.readSize(file)).isEqualTo(new ImageSize(image.width(), image.height()));
    }
  }

  /** Red, green, below them blue and white. */
  private static BufferedImage quarters(int width, int height) {
    int[][] colours = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};
    int[] samples =
        IntStream.range(0, width * height)
            .flatMap(
                i -> Arrays.stream(colours[2 * (i / width * 2 / height) + i % width * 2 / width]))
            .toArray();
    return colour(width, height, samples);
  }

  /** The colour in the middle of a quarter, counted in fourths of the sides. */
  private static String letter(RgbImage image, int x, int y) {
    int px = image.width() * x / 4;
    int py = image.height() * y / 4;
    boolean[] bright = new boolean[3];
    for (int c = 0; c < 3; c++) {
      bright[c] = image.sample(px, py, c) > 128;
    }
    return bright[0] && bright[1] ? "W" : bright[0] ? "R" : bright[1] ? "G" : "B";
  }
}
