package io.semimoe.dataset.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlideFileTest {
  private static final String APERIO =
      "Aperio Image Library v11.2.1\r\n128x96 [0,0 128x96] (16x16) JPEG/RGB Q=70";

  private final RgbImage full = TestSlides.picture(128, 96, 1);
  private final RgbImage quarter = TestSlides.picture(32, 24, 2);
  private final RgbImage sixteenth = TestSlides.picture(8, 6, 3);
  private final TiffFixture tiff = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false);

  @TempDir Path folder;

  @Test
  void findsTheLevelsOfAnAperioSlideAmongItsOtherPictures() throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16)
        .text(TestSlides.DESCRIPTION, APERIO + "|AppMag = 20|MPP = 0.4990|Left = 25.7");
    // Thumbnail: the same aspect ratio, but in strips.
    TestSlides.rgb(tiff.image(), 64, 48)
        .text(TestSlides.DESCRIPTION, APERIO + " -> 64x48 - |AppMag = 20")
        .piece(new byte[64 * 48 * 3]);
    TestSlides.tiled(tiff.image(), sixteenth, 16, 16).text(TestSlides.DESCRIPTION, APERIO);
    TestSlides.tiled(tiff.image(), quarter, 16, 16).text(TestSlides.DESCRIPTION, APERIO);
    TestSlides.tiled(tiff.image(), quarter, 16, 16)
        .text(TestSlides.DESCRIPTION, "Aperio Image Library v11.2.1\r\nlabel 32x24");
    TestSlides.tiled(tiff.image(), quarter, 16, 16).longs(254, 9);

    try (SlideFile slide = SlideFile.open(tiff.write(folder.resolve("a.svs")))) {
      assertThat(slide.levels())
          .containsExactly(
              new SlideLevel(128, 96, 1), new SlideLevel(32, 24, 4), new SlideLevel(8, 6, 16));
      assertThat(slide.micronsPerPixel()).hasValue(0.499);
      assertThat(slide.region(1, 3, 4, 20, 20)).isEqualTo(quarter.crop(3, 4, 20, 20));
      RgbSource source = slide.source(2);
      assertThat(source.width()).isEqualTo(8);
      assertThat(source.height()).isEqualTo(6);
      assertThat(source.region(0, 0, 8, 6)).isEqualTo(sixteenth);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsTheLevelsInSubDirectories(boolean big) throws Exception {
    TiffFixture file = new TiffFixture(ByteOrder.BIG_ENDIAN, big);
    TiffFixture.Image image = TestSlides.tiled(file.image(), full, 32, 16);
    TestSlides.tiled(image.child(), quarter, 32, 16).longs(254, 1);
    TestSlides.tiled(image.child(), sixteenth, 32, 16).longs(254, 1);
    image.text(
        TestSlides.DESCRIPTION,
        "<OME><Pixels PhysicalSizeX=\"0.25\" PhysicalSizeXUnit=\"µm\" SizeX=\"128\"/></OME>");

    try (SlideFile slide = SlideFile.open(file.write(folder.resolve("a.ome.tif")))) {
      assertThat(slide.levels()).hasSize(3);
      assertThat(slide.region(2, 0, 0, 8, 6)).isEqualTo(sixteenth);
      assertThat(slide.region(1, 31, 23, 1, 1)).isEqualTo(quarter.crop(31, 23, 1, 1));
      assertThat(slide.micronsPerPixel()).hasValue(0.25);
    }
  }

  @Test
  void takesNoOtherPageForALevel() throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16);
    TestSlides.tiled(tiff.image(), full, 16, 16);
    TestSlides.tiled(tiff.image(), TestSlides.picture(64, 40, 2), 16, 16);
    TestSlides.tiled(tiff.image(), quarter, 16, 16).longs(254, 4);

    try (SlideFile slide = SlideFile.open(tiff.write(folder.resolve("stack.tif")))) {
      assertThat(slide.levels()).containsExactly(new SlideLevel(128, 96, 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "128,96,64,48,2",
    "129,97,64,48,2",
    "129,97,65,49,2",
    "100,100,33,33,3",
    "8,1,4,1,2",
    "1000,1000,100,97,NaN",
    "128,96,128,96,NaN",
    "1000,500,400,200,2.5",
    "20000,20000,157,157,128"
  })
  void tellsTheFactorBetweenLevels(int w, int h, int smallW, int smallH, double factor) {
    OptionalDouble found =
        TiffLevels.downsample(new ImageSize(w, h), new ImageSize(smallW, smallH));

    assertThat(found)
        .isEqualTo(Double.isNaN(factor) ? OptionalDouble.empty() : OptionalDouble.of(factor));
  }

  @ParameterizedTest
  @CsvSource({
    "3,40000,40000,1,0.25",
    "3,28,28,1,NaN", // 72 dpi
    "3,0,0,1,NaN",
    "3,40000,20000,1,NaN",
    "3,4000000,4000000,100,0.25",
    "2,101600,101600,1,NaN",
    "1,40000,40000,1,NaN"
  })
  void believesAResolutionOnlyPerCentimetre(
      int unit, long x, long y, long denominator, double microns) throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16)
        .rational(282, x, denominator)
        .rational(283, y, denominator)
        .shorts(296, unit);

    assertMicrons(microns);
  }

  @ParameterizedTest
  @CsvSource({
    "'Aperio|MPP = 0.2501|x', 0.2501",
    "'Aperio|MPP = 250|x', NaN",
    "'Aperio|MPP = 1.2.3', NaN",
    "'<Pixels PhysicalSizeX=\"0.5\">', 0.5",
    "'<Pixels PhysicalSizeX=\"0.5\" PhysicalSizeXUnit=\"nm\">', NaN",
    "'a photograph', NaN"
  })
  void readsThePixelSizeFromTheDescription(String text, double microns) throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16).text(TestSlides.DESCRIPTION, text);

    assertMicrons(microns);
  }

  private void assertMicrons(double microns) throws Exception {
    try (SlideFile slide = SlideFile.open(tiff.write(folder.resolve("a.tif")))) {
      assertThat(slide.micronsPerPixel())
          .isEqualTo(Double.isNaN(microns) ? OptionalDouble.empty() : OptionalDouble.of(microns));
    }
  }

  @Test
  void refusesRectanglesThatLeaveTheLevel() throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16);
    SlideFile slide = SlideFile.open(tiff.write(folder.resolve("a.tif")));

    assertThatThrownBy(() -> slide.region(0, 120, 0, 9, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9×1 at (120, 0) leaves the level of 128×96");
    assertThatThrownBy(() -> slide.region(0, 0, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> slide.region(0, 1, 1, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> slide.region(1, 0, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a level from 0 to 0, found 1");
    slide.close();
    slide.close();
    assertThatThrownBy(() -> slide.region(0, 0, 0, 1, 1)).isInstanceOf(IllegalStateException.class);
  }

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

  @ParameterizedTest
  @CsvSource({"a.SVS,true", "b.c.tif,true", "a.png,true", "a.txt,false", "svs,false"})
  void tellsSlidesByTheirExtension(String name, boolean slide) {
    assertThat(SlideFile.hasExtension(Path.of("some", name))).isEqualTo(slide);
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> SlideFile.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }
}
