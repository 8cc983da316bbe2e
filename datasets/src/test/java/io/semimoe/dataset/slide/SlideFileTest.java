package io.semimoe.dataset.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
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

  @Test
  void scalesFromTheCoarsestLevelThatIsFineEnough() throws Exception {
    TestSlides.tiled(tiff.image(), full, 16, 16);
    TestSlides.tiled(tiff.image(), quarter, 16, 16).longs(254, 1);
    TestSlides.tiled(tiff.image(), sixteenth, 16, 16).longs(254, 1);

    try (SlideFile slide = SlideFile.open(tiff.write(folder.resolve("a.tif")))) {
      assertThat(whole(slide.scaledSource(1))).isEqualTo(full);
      assertThat(whole(slide.scaledSource(0.25))).isEqualTo(quarter);
      assertThat(whole(slide.scaledSource(0.26)))
          .isEqualTo(whole(RgbSource.of(full).scaled(33, 25)));
      assertThat(whole(slide.scaledSource(0.125)))
          .isEqualTo(whole(RgbSource.of(quarter).scaled(16, 12)));
      assertThat(whole(slide.scaledSource(0.001)))
          .isEqualTo(whole(RgbSource.of(sixteenth).scaled(1, 1)));
      assertThat(whole(slide.scaledSource(1.5)))
          .isEqualTo(whole(RgbSource.of(full).scaled(192, 144)));
    }
  }

  /** Who reads them again from the file finds other samples there. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void piecesThatWereReadAreKept(boolean strips) throws Exception {
    if (strips) {
      TiffFixture.Image image =
          TestSlides.rgb(tiff.image(), 128, 96).longs(TestSlides.ROWS_PER_STRIP, 48);
      image.piece(TestSlides.tile(full, 0, 0, 128, 48));
      image.piece(TestSlides.tile(full, 0, 48, 128, 48));
    } else {
      TestSlides.tiled(tiff.image(), full, 64, 48);
    }
    Path file = tiff.write(folder.resolve("a.tif"));
    try (SlideFile slide = SlideFile.open(file)) {
      assertThat(slide.region(0, 0, 0, 40, 40)).isEqualTo(full.crop(0, 0, 40, 40));
      Files.write(file, new byte[(int) Files.size(file)], StandardOpenOption.WRITE);

      assertThat(slide.region(0, 20, 8, 44, 32)).isEqualTo(full.crop(20, 8, 44, 32));
    }
  }

  private static RgbImage whole(RgbSource source) throws IOException {
    return source.region(0, 0, source.width(), source.height());
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
  void takesASmallerPageOfStripsForALevelOnlyIfItIsMarkedAsOne() throws Exception {
    TestSlides.rgb(tiff.image(), full.width(), full.height()).piece(full.rgb());
    TestSlides.rgb(tiff.image(), quarter.width(), quarter.height()).piece(quarter.rgb());
    TestSlides.rgb(tiff.image(), sixteenth.width(), sixteenth.height())
        .longs(254, 1)
        .piece(sixteenth.rgb());

    try (SlideFile slide = SlideFile.open(tiff.write(folder.resolve("strips.tif")))) {
      assertThat(slide.levels())
          .containsExactly(new SlideLevel(128, 96, 1), new SlideLevel(8, 6, 16));
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

  @ParameterizedTest
  @CsvSource({"a.SVS,true", "b.c.tif,true", "a.png,true", "a.txt,false", "svs,false"})
  void tellsSlidesByTheirExtension(String name, boolean slide) {
    assertThat(SlideFile.hasExtension(Path.of("some", name))).isEqualTo(slide);
  }
}
