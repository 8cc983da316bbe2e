package io.semimoe.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFilesTest {
  @TempDir Path folder;

  @Test
  void imagesComeBackAsTheyWereWritten() throws Exception {
    RgbImage image = new RgbImage(2, 1, new byte[] {1, 2, 3, (byte) 200, 0, (byte) 255});
    Path file = folder.resolve("a.png");
    PngFiles.writeRgb(file, image);

    assertThat(ImageFiles.readRgb(file)).isEqualTo(image);
  }

  @Test
  void labelsComeBackAsTheyWereWritten() throws Exception {
    LabelMap map = new LabelMap(4, 1, new int[] {0, 1, 65_535, 300});
    Path file = folder.resolve("a.png");
    PngFiles.writeLabels(file, map);

    assertThat(MaskFiles.read(file)).isEqualTo(map);
  }

  @Test
  void masksAreBlackAndWhite() throws Exception {
    Path file = folder.resolve("a.png");
    PngFiles.writeMask(file, new LabelMap(3, 1, new int[] {0, 1, 7}));

    assertThat(stored(file)).containsExactly(0, 255, 255);
  }

  @Test
  void probabilitiesAreRounded() throws Exception {
    FloatMap map = new FloatMap(3, 1, new float[] {0, 0.5f, 1});
    Path file = folder.resolve("a.png");

    PngFiles.writeProbabilities16(file, map);
    assertThat(stored(file)).containsExactly(0, 32_768, 65_535);
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (float value : new float[] {-0.1f, 1.1f, Float.NaN}) {
      FloatMap map = new FloatMap(1, 1, new float[] {value});
      assertThatThrownBy(() -> PngFiles.writeProbabilities16(folder.resolve("a.png"), map))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at (0, 0)");
    }
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    LabelMap map = new LabelMap(1, 1, new int[] {65_536});

    assertThatThrownBy(() -> PngFiles.writeLabels(folder.resolve("a.png"), map))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void leavesNothingBehindWhenItFails() throws Exception {
    RgbImage image = new RgbImage(1, 1, new byte[3]);
    Path taken = Files.createDirectories(folder.resolve("taken.png").resolve("full")).getParent();

    assertThatThrownBy(() -> PngFiles.writeRgb(taken, image))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(taken.toString());
    assertThatThrownBy(() -> PngFiles.writeRgb(folder.resolve("absent").resolve("a.png"), image))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be written");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }

  private static int[] stored(Path file) throws Exception {
    var raster = ImageIO.read(file.toFile()).getRaster();
    return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
  }
}
