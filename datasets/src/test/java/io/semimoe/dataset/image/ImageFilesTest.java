package io.semimoe.dataset.image;

import static io.semimoe.dataset.image.TestImages.colour;
import static io.semimoe.dataset.image.TestImages.cut;
import static io.semimoe.dataset.image.TestImages.deep;
import static io.semimoe.dataset.image.TestImages.gray;
import static io.semimoe.dataset.image.TestImages.palette;
import static io.semimoe.dataset.image.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void readsTheStoredColours(String format) throws Exception {
    Path file = write(file(format), format, colour(2, 1, 1, 2, 3, 250, 128, 13));

    assertThat(samples(file)).containsExactly(1, 2, 3, 250, 128, 13);
    assertThat(ImageFiles.readSize(file)).isEqualTo(new ImageSize(2, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 8, 10, 12, 14, 16})
  void graySamplesOfAnyNumberOfBitsAreReadWhetherZeroIsBlackOrWhite(int bits) throws Exception {
    int max = (1 << bits) - 1;
    int light = (2 * max + 1) / 3;
    int gray = (2 * 255 * light + max) / (2 * max);

    Path black = TestImages.grayRow(file("tif"), bits, false, 0, light, max, 0);
    assertThat(samples(black)).containsExactly(0, 0, 0, gray, gray, gray, 255, 255, 255, 0, 0, 0);

    Path white = TestImages.grayRow(file("tif"), bits, true, max, max - light, 0, max);
    assertThat(samples(white)).containsExactly(0, 0, 0, gray, gray, gray, 255, 255, 255, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "jpeg", "LZW", "Deflate"})
  void anInterruptedThreadReadsAndStaysInterrupted(String format) throws Exception {
    BufferedImage image = colour(64, 64, new Random(5).ints(64 * 64 * 3, 0, 256).toArray());
    Path file =
        Character.isLowerCase(format.charAt(0))
            ? write(file(format), format, image)
            : TestImages.writeTiff(file("tif"), format, image);
    int[] expected = samples(file);

    Thread.currentThread().interrupt();
    int[] found = samples(file);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "jpeg", "LZW", "Deflate"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anInterruptWhileReadingIsNoDamage(String format) throws Exception {
    BufferedImage image = colour(500, 400, new Random(5).ints(600_000, 0, 256).toArray());
    Path file =
        Character.isLowerCase(format.charAt(0))
            ? write(file(format), format, image)
            : TestImages.writeTiff(file("tif"), format, image);
    int[] expected = samples(file);
    Thread reader = Thread.currentThread();
    Thread other =
        new Thread(
            () -> {
              for (int i = 0; i < 100; i++) {
                LockSupport.parkNanos(1_000_000);
                reader.interrupt();
              }
            });
    other.start();

    boolean interrupted = false;
    while (other.isAlive()) {
      assertThat(samples(file)).isEqualTo(expected);
      interrupted |= Thread.interrupted();
    }
    Thread.interrupted();
    assertThat(interrupted).isTrue();
  }

  @Test
  void refusesAFileInAnArchive() throws Exception {
    Path archive = folder.resolve("images.zip");
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = Files.write(files.getPath("/image.png"), new byte[] {1});
      assertThatThrownBy(() -> ImageFiles.readRgb(file))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("lies in a file system of another kind; copy it out");
    }
  }

  @Test
  void readsJpegWithinItsLoss() throws Exception {
    int[] samples = new int[16 * 16 * 3];
    Arrays.fill(samples, 90);
    Path file = write(file("jpg"), "jpeg", colour(16, 16, samples));

    assertThat(Arrays.stream(samples(file)).boxed())
        .hasSize(768)
        .allSatisfy(v -> assertThat(v).isBetween(87, 93));
  }

  @Test
  void convertsCmykJpegWhoseInkIsStoredInverted() throws Exception {
    Path red = TestImages.writeFourChannelJpeg(file("jpg"), true, 255, 0, 0, 255);

    assertThat(Arrays.copyOf(samples(red), 3)).containsExactly(255, 0, 0);
  }

  @Test
  void refusesFourChannelJpegOfUnknownColours() throws Exception {
    assertRefused(
        TestImages.writeFourChannelJpeg(file("jpg"), false, 255, 0, 0, 255), "no Adobe marker");
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_INT, DataBuffer.TYPE_SHORT, DataBuffer.TYPE_FLOAT})
  void refusesSamplesThatHaveNoWayToEightBits(int dataType) throws Exception {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            dataType);
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(2, 2), false, null);

    assertThatThrownBy(() -> RgbConversion.convert(Path.of("deep.tif"), image))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("deep.tif")
        .hasMessageContaining("save it as 8-bit RGB PNG");
  }

  @Test
  void keepsGrayAsItIsStored() throws Exception {
    assertThat(samples(write(file("png"), "png", gray(8, 3, 1, 1, 22, 128))))
        .containsExactly(1, 1, 1, 22, 22, 22, 128, 128, 128);
  }

  @Test
  void scalesSixteenBitsToEight() throws Exception {
    assertThat(
            samples(write(file("png"), "png", gray(16, 4, 1, 0, 65_535, 257 * 13, 257 * 13 + 129))))
        .containsExactly(0, 0, 0, 255, 255, 255, 13, 13, 13, 14, 14, 14);
    assertThat(
            samples(
                write(
                    file("png"),
                    "png",
                    deep(ColorSpace.CS_sRGB, false, 1, 1, 65_535, 257 * 40, 0))))
        .containsExactly(255, 40, 0);
  }

  @Test
  void looksUpThePalette() throws Exception {
    int[] colours = {0xff000000, 0xff102030, 0x00000000, 0xffffffff};

    assertThat(samples(write(file("png"), "png", palette(2, colours, 4, 1, 1, 0, 2, 3))))
        .containsExactly(16, 32, 48, 0, 0, 0, 255, 255, 255, 255, 255, 255);
  }

  @Test
  void laysTransparencyOnWhite() throws Exception {
    Path file =
        write(
            file("png"),
            "png",
            colour(3, 1, 10, 20, 30, 255, 10, 20, 30, 0, /* half */ 55, 155, 255, 51));

    assertThat(samples(file)).containsExactly(10, 20, 30, 255, 255, 255, 215, 235, 255);
  }

  @Test
  void readsGrayWithAlpha() throws Exception {
    BufferedImage image = deep(ColorSpace.CS_GRAY, true, 2, 1, 257 * 7, 65_535, 0, 0);

    assertThat(samples(write(file("png"), "png", image))).containsExactly(7, 7, 7, 255, 255, 255);
  }

  @ParameterizedTest
  @CsvSource({
    "png,0.02",
    "png,0.3",
    "png,0.7",
    "png,0.95",
    "bmp,0.02",
    "bmp,0.3",
    "bmp,0.95",
    "tiff,0.3",
    "tiff,0.95",
    "jpeg,0.02",
    "jpeg,0.3",
    "jpeg,0.7",
    "jpeg,0.95"
  })
  void refusesAFileThatWasCutOff(String format, double share) throws Exception {
    Path whole = write(file(format), format, noise(64, 48));
    ImageFiles.readRgb(whole);
    Path part = cut(whole, share);

    assertThatThrownBy(() -> ImageFiles.readRgb(part))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(part.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
  void refusesAFaxImageThatWasCutOff(String compression) throws Exception {
    BufferedImage mask = new BufferedImage(61, 47, BufferedImage.TYPE_BYTE_BINARY);
    Random random = new Random(1);
    for (int i = 0; i < 61 * 47; i++) {
      mask.getRaster().setSample(i % 61, i / 61, 0, random.nextInt(2));
    }
    Path whole = TestImages.withStripLast(TestImages.writeTiff(file("tif"), compression, mask));
    ImageFiles.readRgb(whole);
    Path part = cut(whole, 0.8);

    assertRefused(part, "it ends too early");
  }

  @Test
  void saysNothingOfADecodersCodeThatStumblesOverDamage() throws Exception {
    Path file = TestImages.writeTiff(file("tif"), "LZW", noise(64, 48));
    byte[] bytes = Files.readAllBytes(file);
    // A width of so many values that they would lie beyond the end of the file.
    int width = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\1\0\0\3");
    bytes[width + 6] = 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> ImageFiles.readRgb(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found one that cannot be decoded; copy it again");
  }

  @Test
  void refusesWhatIsNoImage() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.png"), "these are no pixels");
    Path empty = Files.createFile(folder.resolve("empty.png"));

    assertRefused(text, "expected a PNG, BMP, TIFF or JPEG image");
    assertRefused(empty, "found an empty file");
    assertRefused(folder, "is a folder");
    assertRefused(folder.resolve("absent.png"), "does not exist");
    assertThatThrownBy(() -> ImageFiles.readSize(text)).isInstanceOf(DataException.class);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void refusesADevice() {
    assertRefused(Path.of("/dev/zero"), "a device or a pipe");
  }

  @Test
  void refusesAHeaderThatPromisesMorePixelsThanMemory() throws Exception {
    Path file = write(file("bmp"), "bmp", noise(4, 4));
    byte[] bytes = Files.readAllBytes(file);
    for (int side : new int[] {18, 22}) {
      bytes[side] = 0;
      bytes[side + 2] = 1;
    }
    Files.write(file, bytes);

    assertRefused(file, "65536×65536 pixels");
  }

  @Test
  void refusesAnImageOfNoPixels() throws Exception {
    Path file = write(file("jpg"), "jpeg", noise(16, 16));
    byte[] bytes = Files.readAllBytes(file);
    int frame = 0;
    while (bytes[frame] != (byte) 0xff || bytes[frame + 1] != (byte) 0xc0) {
      frame++;
    }
    bytes[frame + 8] = 0;
    Files.write(file, bytes);

    assertRefused(file, "0×16");
    assertThatThrownBy(() -> ImageFiles.readSize(file)).isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a.png,true",
    "a.TIF,true",
    "b.c.jpeg,true",
    "a.txt,false",
    "png,false",
    ".png,false"
  })
  void tellsImagesByTheirExtension(String name, boolean image) {
    assertThat(ImageFiles.hasImageExtension(Path.of("some", name))).isEqualTo(image);
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ImageFiles.readRgb(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  private Path file(String extension) {
    return folder.resolve("bild mit Lücke." + extension);
  }

  private static BufferedImage noise(int width, int height) throws IOException {
    Random random = new Random(1);
    return colour(width, height, random.ints(3L * width * height, 0, 256).toArray());
  }

  private static int[] samples(Path file) throws DataException {
    RgbImage image = ImageFiles.readRgb(file);
    int[] out = new int[image.rgb().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = image.rgb()[i] & 0xff;
    }
    return out;
  }
}
