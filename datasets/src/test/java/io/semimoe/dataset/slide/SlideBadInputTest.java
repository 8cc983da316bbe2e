package io.semimoe.dataset.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no image, damaged, or made to do harm. */
class SlideBadInputTest {
  private final RgbImage full = TestSlides.picture(128, 96, 1);
  private final RgbImage quarter = TestSlides.picture(32, 24, 2);
  private final TiffFixture tiff = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);

  @TempDir Path folder;

  @Test
  void refusesWhatIsNoImage() throws Exception {
    assertRefused(folder, "is a folder");
    assertRefused(folder.resolve("absent.tif"), "does not exist");
    assertRefused(Files.createFile(folder.resolve("empty.svs")), "found an empty file");
    assertRefused(Files.writeString(folder.resolve("a.tif"), "II"), "found something else");
    assertRefused(
        Files.writeString(folder.resolve("b.tif"), "these are no pixels"), "found something else");
    assertRefused(Files.write(folder.resolve("c.tif"), new byte[] {'I', 'I', 42, 0, 8}), "cut off");
    assertRefused(
        Files.write(folder.resolve("d.tif"), new byte[] {'I', 'I', 42, 0, 0, 0, 0, 0}),
        "found one without");
  }

  @Test
  void refusesATiffThatIsNotStoredUpright() throws Exception {
    for (int orientation = 2; orientation <= 8; orientation++) {
      TiffFixture turned = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
      TestSlides.tiled(turned.image(), full, 16, 16).shorts(274, orientation);
      assertRefused(turned.write(folder.resolve("a.tif")), "stored turned or mirrored");
    }
    TestSlides.tiled(tiff.image(), full, 16, 16).shorts(274, 1);
    try (SlideFile slide = SlideFile.open(tiff.write(folder.resolve("b.tif")))) {
      assertThat(slide.region(0, 0, 0, 128, 96)).isEqualTo(full);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void refusesAFourthChannelThatIsNotSaidToBeTransparency(boolean tiled, boolean unspecified)
      throws Exception {
    TiffFixture.Image image =
        TestSlides.rgb(tiff.image(), 16, 16)
            .shorts(TestSlides.BITS, 8, 8, 8, 8)
            .shorts(TestSlides.SAMPLES, 4)
            .piece(new byte[16 * 16 * 4]);
    if (tiled) {
      image.shorts(TestSlides.TILE_WIDTH, 16).shorts(TestSlides.TILE_HEIGHT, 16);
    } else {
      image.shorts(TestSlides.ROWS_PER_STRIP, 16);
    }
    if (unspecified) {
      image.shorts(TestSlides.EXTRA_SAMPLES, 0);
    }
    Path file = tiff.write(folder.resolve("a.tif"));

    try (SlideFile slide = SlideFile.open(file)) {
      assertThatThrownBy(() -> slide.region(0, 0, 0, 16, 16))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageContaining("does not say to be transparency (tag ExtraSamples)");
    }
  }

  @Test
  void refusesAFileWhoseEndIsMissingWhenItIsOpened() throws Exception {
    // The directory comes first here: what is missing are pixels.
    int start = 8 + 2 + 12 * 12 + 4;
    TestSlides.rgb(tiff.image(), 4, 4).longs(273, 1000).longs(279, 48).longs(278, 4);
    Path whole = tiff.write(folder.resolve("whole.tif"));
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(whole), 1048);
    Files.write(whole, bytes);
    SlideFile.open(whole).close();

    assertRefused(
        Files.write(folder.resolve("cut.tif"), Arrays.copyOf(bytes, 1047)),
        "expected a whole TIFF, found a damaged or cut off one");
    assertRefused(
        Files.write(folder.resolve("cut2.tif"), Arrays.copyOf(bytes, start - 30)), "cut off");
  }

  @Test
  void refusesADamagedTileWhenItIsRead() throws Exception {
    TestSlides.rgb(tiff.image(), 16, 16)
        .shorts(TestSlides.COMPRESSION, 8)
        .shorts(TestSlides.TILE_WIDTH, 16)
        .shorts(TestSlides.TILE_HEIGHT, 16)
        .piece(Arrays.copyOf(TestSlides.deflated(full.crop(0, 0, 16, 16).rgb()), 100));
    Path file = tiff.write(folder.resolve("a.tif"));

    try (SlideFile slide = SlideFile.open(file)) {
      assertThatThrownBy(() -> slide.region(0, 0, 0, 16, 16))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageContaining("damaged");
      assertThatThrownBy(() -> slide.source(0).region(0, 0, 16, 16))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file.toString())
          .hasCauseInstanceOf(DataException.class);
    }
  }

  @Test
  void refusesHeadersThatPromiseWhatTheFileCannotHold() throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16).longs(TestSlides.WIDTH, 2_000_000_000L);
    assertRefused(tiff.write(folder.resolve("a.tif")), "found 48 in field 324");

    TiffFixture wide = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
    TestSlides.tiled(wide.image(), full, 16, 16).longs(TestSlides.WIDTH, 1L << 31);
    assertRefused(
        wide.write(folder.resolve("b.tif")),
        "expected a width from 1 to 2147483647 pixels, found 2147483648");

    TiffFixture flat = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
    TestSlides.tiled(flat.image(), full, 16, 16).longs(TestSlides.HEIGHT, 0);
    assertRefused(flat.write(folder.resolve("c.tif")), "expected a height");

    TiffFixture point = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
    TestSlides.tiled(point.image(), full, 16, 16).shorts(TestSlides.TILE_WIDTH, 0);
    assertRefused(point.write(folder.resolve("d.tif")), "expected tiles, found sides of 0×16");

    TiffFixture many = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
    TestSlides.tiled(many.image(), full, 16, 16).shorts(TestSlides.SAMPLES, 60_000);
    Path bands = many.write(folder.resolve("f.tif"));
    assertRefused(bands, "has 60000 channels of 8 bits");
    assertThatThrownBy(() -> ImageFiles.readRgb(bands))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 60000 channels; expected at most 5");

    TiffFixture rowless = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
    TestSlides.rgb(rowless.image(), 128, 96).longs(TestSlides.ROWS_PER_STRIP, 0).piece(full.rgb());
    assertRefused(rowless.write(folder.resolve("g.tif")), "found some of 0 rows");

    TiffFixture strip = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
    TestSlides.rgb(strip.image(), 60_000, 60_000)
        .shorts(TestSlides.COMPRESSION, 8)
        .piece(new byte[100]);
    assertRefused(strip.write(folder.resolve("e.tif")), "60000×60000 pixels, that is 3600000000");
  }

  @Test
  void refusesAFileWithFewerPlacesOrLengthsThanTilesOrStrips() throws Exception {
    TestSlides.rgb(tiff.image(), 4, 8).longs(278, 4).longs(273, 8).longs(279, 48, 48);
    assertRefused(tiff.write(folder.resolve("a.tif")), "found 1 in field 273");

    TiffFixture strips = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
    TestSlides.rgb(strips.image(), 4, 8).longs(278, 4).longs(273, 8, 8).longs(279, 48);
    assertRefused(strips.write(folder.resolve("b.tif")), "found 1 in field 279");

    TiffFixture tiles = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);
    TestSlides.rgb(tiles.image(), 32, 16)
        .shorts(TestSlides.TILE_WIDTH, 16)
        .shorts(TestSlides.TILE_HEIGHT, 16)
        .longs(324, 8, 8)
        .longs(325, 48);
    assertRefused(tiles.write(folder.resolve("c.tif")), "found 1 in field 325");
  }

  @Test
  void aTileOfTheSizeOfASlideIsNotDecodedAsATile() throws Exception {
    TestSlides.rgb(tiff.image(), 60_000, 60_000)
        .shorts(TestSlides.COMPRESSION, 8)
        .shorts(TestSlides.TILE_WIDTH, 60_000)
        .shorts(TestSlides.TILE_HEIGHT, 60_000)
        .piece(new byte[100]);

    assertRefused(tiff.write(folder.resolve("a.tif")), "60000×60000 pixels, that is 3600000000");
  }

  @Test
  void refusesRegionsThatLeaveTheLevelOnAnySide() throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16);
    try (SlideFile slide = SlideFile.open(tiff.write(folder.resolve("a.tif")))) {
      assertThat(slide.region(0, 127, 95, 1, 1)).isEqualTo(full.crop(127, 95, 1, 1));
      for (int[] region :
          new int[][] {{-1, 0, 1, 1}, {0, -1, 1, 1}, {127, 0, 2, 1}, {0, 95, 1, 2}, {0, 0, 0, 1}}) {
        assertThatThrownBy(() -> slide.region(0, region[0], region[1], region[2], region[3]))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void limitsThePixelsOnlyOfImagesThatAreDecodedAsAWhole() throws Exception {
    Path png = folder.resolve("a.png");
    PngFiles.writeRgb(png, full);
    TestSlides.tiled(tiff.image(), full, 16, 16);
    Path tiled = tiff.write(folder.resolve("a.tif"));
    long pixels = 128 * 96;

    assertThatThrownBy(() -> SlideFile.open(png, pixels - 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("128×96 pixels, that is 12288; at most 12287");
    assertThatThrownBy(() -> ImageFiles.readRgb(png, pixels - 1)).isInstanceOf(DataException.class);
    try (SlideFile slide = SlideFile.open(png, pixels)) {
      assertThat(slide.region(0, 0, 0, 128, 96)).isEqualTo(full);
    }
    try (SlideFile slide = SlideFile.open(tiled, 1)) {
      assertThat(slide.region(0, 0, 0, 128, 96)).isEqualTo(full);
    }
  }

  @ParameterizedTest
  @CsvSource({"33005,'JPEG 2000, TIFF compression 33005'", "50000,TIFF compression 50000"})
  void refusesCompressionsThatCannotBeRead(int compression, String message) throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16).shorts(TestSlides.COMPRESSION, compression);

    assertRefused(tiff.write(folder.resolve("a.tif")), message);
  }

  @Test
  void refusesCmykTiles() throws Exception {
    TestSlides.rgb(tiff.image(), 16, 16)
        .shorts(TestSlides.BITS, 8, 8, 8, 8)
        .shorts(TestSlides.SAMPLES, 4)
        .shorts(TestSlides.PHOTOMETRIC, 5)
        .shorts(TestSlides.TILE_WIDTH, 16)
        .shorts(TestSlides.TILE_HEIGHT, 16)
        .piece(new byte[16 * 16 * 4]);
    Path file = tiff.write(folder.resolve("a.tif"));

    try (SlideFile slide = SlideFile.open(file)) {
      assertThatThrownBy(() -> slide.region(0, 0, 0, 1, 1))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("CMYK");
    }
  }

  @Test
  void endsAtACircleOfDirectories() throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16);
    TestSlides.tiled(tiff.image(), quarter, 16, 16);
    Path file = tiff.write(folder.resolve("a.tif"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int first = bytes.getInt(4);
    int second = bytes.getInt(first + 2 + 12 * bytes.getShort(first));
    bytes.putInt(second + 2 + 12 * bytes.getShort(second), first);
    Files.write(file, bytes.array());

    try (SlideFile slide = SlideFile.open(file)) {
      assertThat(slide.levels()).hasSize(2);
    }
  }

  /** Changes bytes of a file at random: it is then refused or read, and nothing else happens. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsInADataExceptionIfAnythingGoesWrong(boolean tiled) throws Exception {
    long seed = 71;
    TiffFixture.Image image = TestSlides.rgb(tiff.image(), 128, 96);
    if (tiled) {
      TestSlides.tiled(image, full, 32, 32);
    } else {
      image.piece(full.rgb());
    }
    byte[] whole = Files.readAllBytes(tiff.write(folder.resolve("whole.tif")));
    int directory = whole.length - 400;
    Path file = folder.resolve("damaged.tif");
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] bytes = whole.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = directory + random.nextInt(400);
        bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0);
      }
      Files.write(file, bytes);
      try (SlideFile slide = SlideFile.open(file)) {
        slide.region(0, 0, 0, Math.min(40, slide.width()), Math.min(40, slide.height()));
      } catch (DataException e) {
        assertThat(e).as("seed %d, file %d", seed, i).hasMessageStartingWith(file.toString());
        refused++;
      }
    }
    assertThat(refused).isBetween(20, 380);
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> SlideFile.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }
}
