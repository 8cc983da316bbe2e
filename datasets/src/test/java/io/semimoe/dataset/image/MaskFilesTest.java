package io.semimoe.dataset.image;

import static io.semimoe.dataset.image.TestImages.colour;
import static io.semimoe.dataset.image.TestImages.cut;
import static io.semimoe.dataset.image.TestImages.gray;
import static io.semimoe.dataset.image.TestImages.palette;
import static io.semimoe.dataset.image.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskFilesTest {
  private static final int BLACK = 0xff000000;
  private static final int WHITE = 0xffffffff;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 7})
  void aMaskOfOneValueBecomesOnes(int value) throws Exception {
    assertThat(read("png", gray(8, 4, 1, 0, value, 0, value))).containsExactly(0, 1, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void instanceIdsAreTheStoredSamplesThatGetRgbWouldHaveChanged(String format) throws Exception {
    Path file = write(file(format), format, gray(8, 4, 1, 0, 1, 2, 22));

    if (format.equals("png")) {
      assertThat(ImageIO.read(file.toFile()).getRGB(1, 0) & 0xff).isNotEqualTo(1);
    }
    assertThat(MaskFiles.read(file).labels()).containsExactly(0, 1, 2, 22);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitIdsKeepAllTheirBits(String format) throws Exception {
    assertThat(read(format, gray(16, 4, 1, 0, 1, 256, 65_535))).containsExactly(0, 1, 256, 65_535);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 10, 12, 14, 16, 18, 24})
  void whereZeroIsWhiteLabelsAreTheGreatestSampleLessTheStoredOne(int bits) throws Exception {
    int max = (1 << bits) - 1;
    Path file = TestImages.grayRow(file("tif"), bits, true, max, max - 1, max - 2, 0);

    assertThat(MaskFiles.read(file).labels()).containsExactly(0, 1, 2, max);
  }

  @Test
  void paletteIndicesAreTheLabelsWhateverTheirColours() throws Exception {
    int[] colours = {BLACK, 0xff800000, 0xff008000, BLACK};

    assertThat(read("png", palette(8, colours, 4, 1, 2, 0, 3, 1))).containsExactly(2, 0, 3, 1);
  }

  @Test
  void blackIsTheBackgroundOfAPaletteThatStartsWithAnotherColour() throws Exception {
    int[] inverted = {WHITE, BLACK};
    int[] three = {0xffff0000, BLACK, 0xff00ff00, 0xff0000ff};

    assertThat(read("png", palette(1, inverted, 3, 1, 0, 1, 0))).containsExactly(1, 0, 1);
    assertThat(read("png", palette(2, three, 4, 1, 0, 1, 2, 3))).containsExactly(4, 0, 2, 3);
  }

  @Test
  void blackEntriesThatNoPixelHasMakeNoBackground() throws Exception {
    int[] padded = {WHITE, 0xffff0000, 0xff00ff00, 0xff0000ff, BLACK, BLACK, BLACK, BLACK};

    assertThat(read("png", palette(8, padded, 4, 1, 0, 1, 2, 3))).containsExactly(0, 1, 2, 3);
  }

  @Test
  void readsOneBitMasks() throws Exception {
    int[] blackAndWhite = {BLACK, WHITE};

    assertThat(read("bmp", palette(1, blackAndWhite, 3, 1, 0, 1, 1))).containsExactly(0, 1, 1);
  }

  @Test
  void eachColourIsAnObjectAndBlackIsBackground() throws Exception {
    BufferedImage image =
        colour(5, 1, 0, 0, 0, 255, 0, 0, 0, 255, 0, 255, 0, 0, /* almost black */ 0, 0, 1);

    assertThat(read("png", image)).containsExactly(0, 1, 2, 1, 3);
  }

  @Test
  void transparentPixelsAreBackground() throws Exception {
    assertThat(read("png", colour(3, 1, 9, 9, 9, 0, 9, 9, 9, 255, 0, 0, 0, 255)))
        .containsExactly(0, 1, 0);
  }

  @Test
  void anEmptyMaskStaysEmpty() throws Exception {
    assertThat(read("png", gray(8, 2, 1, 0, 0))).containsExactly(0, 0);
  }

  @Test
  void readsAnAlmostEmptyMaskThatIsAThousandTimesLargerThanItsFile() throws Exception {
    int[] samples = new int[2000 * 2000];
    samples[999] = 255;
    BufferedImage image = gray(8, 2000, 2000, samples);
    Path file = TestImages.writeTiff(file("tif"), "LZW", image);

    assertThat(Files.size(file)).isLessThan(samples.length / 512);
    assertThat(MaskFiles.read(file).foregroundCount()).isEqualTo(1);
  }

  @Test
  void refusesJpeg() throws Exception {
    Path file = write(file("png"), "jpeg", gray(8, 8, 8, new int[64]));

    assertThatThrownBy(() -> MaskFiles.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is a JPEG");
  }

  @Test
  void refusesAPhotograph() throws Exception {
    int[] samples =
        IntStream.range(0, 128 * 128).flatMap(i -> IntStream.of(i & 0xff, i >> 8, 255)).toArray();
    Path file = write(file("png"), "png", colour(128, 128, samples));

    assertThatThrownBy(() -> MaskFiles.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more than 10000 colours");
  }

  @Test
  void refusesAMaskThatWasCutOff() throws Exception {
    int[] samples = IntStream.range(0, 4096).map(i -> i * 31 % 200).toArray();
    Path part = cut(write(file("png"), "png", gray(8, 64, 64, samples)), 0.6);

    assertThatThrownBy(() -> MaskFiles.read(part))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(part.toString());
  }

  @Test
  void refusesMoreLabelsThanAreKeptApart() throws Exception {
    Path file = TestImages.labels32(file("tif"), 1, IntStream.range(0, 65_537).toArray());
    Path most =
        TestImages.labels32(folder.resolve("most.tif"), 1, IntStream.range(0, 65_536).toArray());

    Path photograph = folder.resolve("image.png");
    assertThatThrownBy(() -> MaskFiles.read(file, photograph, new ImageSize(65_537, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("has 65536 labels; expected at most 65535");
    assertThat(MaskFiles.read(file).maxLabel()).isEqualTo(65_536);
    assertThat(MaskFiles.read(most, photograph, new ImageSize(65_536, 1)).maxLabel())
        .isEqualTo(65_535);
  }

  @Test
  void namesALabelThatIsTooLarge() throws Exception {
    Path file = TestImages.labels32(file("tif"), 1, 0, 1, (int) 3_000_000_000L);

    assertThatThrownBy(() -> MaskFiles.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has the label 3000000000 at (2, 0)");
  }

  @Test
  void refusesATiffThatIsNotStoredUpright() throws Exception {
    Path file = TestImages.labels32(file("tif"), 6, 0, 1);

    assertThatThrownBy(() -> MaskFiles.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("stored turned or mirrored");
    assertThat(MaskFiles.read(TestImages.labels32(file("tif"), 1, 0, 1, 2)).labels())
        .containsExactly(0, 1, 2);
  }

  private int[] read(String format, BufferedImage image) throws IOException, DataException {
    return MaskFiles.read(write(file(format), format, image)).labels();
  }

  private Path file(String extension) {
    return folder.resolve("mask." + extension);
  }
}
