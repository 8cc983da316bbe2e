package io.semimoe.dataset.slide;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions are the crops of the whole image, however it is stored. */
class SlideRegionsTest {
  private static final long SEED = 20240611;

  /** 4 columns of 5 tiles. */
  private static final int TW = 64;

  private static final int TH = 32;

  private final RgbImage picture = TestSlides.picture(211, 147, SEED);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"LITTLE_ENDIAN,false", "BIG_ENDIAN,false", "LITTLE_ENDIAN,true", "BIG_ENDIAN,true"})
  void ofUncompressedTiles(String order, boolean big) throws Exception {
    TiffFixture tiff = fixture(order, big);
    TestSlides.tiled(tiff.image(), picture, TW, TH);

    assertRegions(tiff.write(file()), picture, true);
  }

  @ParameterizedTest
  @CsvSource({"8,1", "32946,1", "8,2"})
  void ofDeflatedTiles(int compression, int predictor) throws Exception {
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TiffFixture.Image image =
        TestSlides.rgb(tiff.image(), picture.width(), picture.height())
            .shorts(TestSlides.COMPRESSION, compression)
            .shorts(TestSlides.PREDICTOR, predictor)
            .shorts(TestSlides.TILE_WIDTH, TW)
            .shorts(TestSlides.TILE_HEIGHT, TH);
    for (int y = 0; y < picture.height(); y += TH) {
      for (int x = 0; x < picture.width(); x += TW) {
        byte[] tile = TestSlides.tile(picture, x, y, TW, TH);
        if (predictor == 2) {
          for (int i = tile.length - 1; i >= 0; i--) {
            tile[i] -= i % (TW * 3) >= 3 ? tile[i - 3] : 0;
          }
        }
        image.piece(TestSlides.deflated(tile));
      }
    }

    assertRegions(tiff.write(file()), picture, true);
  }

  @Test
  void ofTilesThatAreAllTheSameAndDeflateToAlmostNothing() throws Exception {
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    byte[] tile = new byte[1024 * 1024 * 3];
    TestSlides.rgb(tiff.image(), 1024, 1024)
        .shorts(TestSlides.COMPRESSION, 8)
        .shorts(TestSlides.TILE_WIDTH, 1024)
        .shorts(TestSlides.TILE_HEIGHT, 1024)
        .piece(TestSlides.deflated(tile));
    Path file = tiff.write(file());

    try (SlideFile slide = SlideFile.open(file)) {
      assertThat(slide.region(0, 1000, 1000, 3, 2))
          .isEqualTo(new RgbImage(3, 2, new byte[3 * 2 * 3]));
    }
  }

  @Test
  void ofPlanesStoredApart() throws Exception {
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TiffFixture.Image image =
        TestSlides.rgb(tiff.image(), picture.width(), picture.height())
            .shorts(TestSlides.PLANAR, 2)
            .shorts(TestSlides.TILE_WIDTH, TW)
            .shorts(TestSlides.TILE_HEIGHT, TH);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < picture.height(); y += TH) {
        for (int x = 0; x < picture.width(); x += TW) {
          byte[] tile = TestSlides.tile(picture, x, y, TW, TH);
          byte[] plane = new byte[TW * TH];
          for (int i = 0; i < plane.length; i++) {
            plane[i] = tile[i * 3 + c];
          }
          image.piece(plane);
        }
      }
    }

    assertRegions(tiff.write(file()), picture, true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 146, 147, Integer.MAX_VALUE})
  void ofStrips(int rowsPerStrip) throws Exception {
    TiffFixture tiff = fixture("BIG_ENDIAN", false);
    TiffFixture.Image image =
        TestSlides.rgb(tiff.image(), picture.width(), picture.height())
            .shorts(TestSlides.COMPRESSION, 8)
            .longs(TestSlides.ROWS_PER_STRIP, rowsPerStrip);
    int rows = Math.min(rowsPerStrip, picture.height());
    for (int y = 0; y < picture.height(); y += rows) {
      int stored = Math.min(rows, picture.height() - y);
      image.piece(TestSlides.deflated(TestSlides.tile(picture, 0, y, picture.width(), stored)));
    }

    assertRegions(tiff.write(file()), picture, true);
  }

  @Test
  void ofOneUncompressedStripThatIsLargerThanASlice() throws Exception {
    RgbImage large = TestSlides.picture(1100, 603, SEED);
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TestSlides.rgb(tiff.image(), large.width(), large.height())
        .without(TestSlides.ROWS_PER_STRIP)
        .piece(large.rgb());

    assertRegions(tiff.write(file()), large, true);
  }

  /** Rows begin with a byte of their own. */
  @Test
  void ofAnUncompressedStripOfSingleBits() throws Exception {
    int width = 13;
    int height = 30;
    byte[] bits = new byte[2 * height];
    new Random(SEED).nextBytes(bits);
    byte[] expected = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      boolean white = (bits[i / width * 2 + x / 8] >> (7 - x % 8) & 1) == 1;
      Arrays.fill(expected, 3 * i, 3 * i + 3, (byte) (white ? 255 : 0));
    }
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TestSlides.rgb(tiff.image(), width, height)
        .shorts(TestSlides.BITS, 1)
        .shorts(TestSlides.SAMPLES, 1)
        .shorts(TestSlides.PHOTOMETRIC, 1)
        .without(TestSlides.ROWS_PER_STRIP)
        .piece(bits);

    assertRegions(tiff.write(file()), new RgbImage(width, height, expected), true);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,false", "false,true"})
  void ofJpegTiles(boolean yCbCr, boolean sharedTables) throws Exception {
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TiffFixture.Image image =
        TestSlides.rgb(tiff.image(), picture.width(), picture.height())
            .shorts(TestSlides.COMPRESSION, 7)
            .shorts(TestSlides.PHOTOMETRIC, yCbCr ? 6 : 2)
            .shorts(TestSlides.TILE_WIDTH, TW)
            .shorts(TestSlides.TILE_HEIGHT, TH);
    byte[] expected = new byte[picture.rgb().length];
    for (int y = 0; y < picture.height(); y += TH) {
      for (int x = 0; x < picture.width(); x += TW) {
        byte[] jpeg = TestSlides.jpeg(TestSlides.tile(picture, x, y, TW, TH), TW, TH, yCbCr);
        RgbImage decoded = yCbCr ? ImageFiles.readRgb(Path.of("tile"), jpeg) : channels(jpeg);
        place(decoded, x, y, expected);
        if (sharedTables) {
          image.bytes(TestSlides.JPEG_TABLES, TestSlides.segments(jpeg, true));
        }
        image.piece(sharedTables ? TestSlides.segments(jpeg, false) : jpeg);
      }
    }

    assertRegions(
        tiff.write(file()), new RgbImage(picture.width(), picture.height(), expected), true);
  }

  @Test
  void ofGrayTilesOfSixteenBits() throws Exception {
    TiffFixture tiff = fixture("BIG_ENDIAN", false);
    TiffFixture.Image image =
        TestSlides.rgb(tiff.image(), 20, 16)
            .shorts(TestSlides.BITS, 16)
            .shorts(TestSlides.SAMPLES, 1)
            .shorts(TestSlides.PHOTOMETRIC, 1)
            .shorts(TestSlides.TILE_WIDTH, 16)
            .shorts(TestSlides.TILE_HEIGHT, 16);
    byte[] expected = new byte[20 * 16 * 3];
    for (int tile = 0; tile < 2; tile++) {
      byte[] samples = new byte[16 * 16 * 2];
      for (int i = 0; i < 256; i++) {
        samples[2 * i] = (byte) i;
        samples[2 * i + 1] = (byte) i;
        int x = tile * 16 + i % 16;
        if (x < 20) {
          for (int c = 0; c < 3; c++) {
            expected[(i / 16 * 20 + x) * 3 + c] = (byte) i;
          }
        }
      }
      image.piece(samples);
    }

    assertRegions(tiff.write(file()), new RgbImage(20, 16, expected), true);
  }

  @Test
  void ofTilesThatAreTransparentHereAndThere() throws Exception {
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TiffFixture.Image image =
        TestSlides.rgb(tiff.image(), 32, 16)
            .shorts(TestSlides.BITS, 8, 8, 8, 8)
            .shorts(TestSlides.SAMPLES, 4)
            .shorts(TestSlides.EXTRA_SAMPLES, 2)
            .shorts(TestSlides.TILE_WIDTH, 16)
            .shorts(TestSlides.TILE_HEIGHT, 16);
    byte[] expected = new byte[32 * 16 * 3];
    for (int tile = 0; tile < 2; tile++) {
      byte[] samples = new byte[16 * 16 * 4];
      for (int i = 0; i < 16 * 16; i++) {
        boolean opaque = i % 16 < 5 + tile;
        samples[4 * i] = (byte) i;
        samples[4 * i + 3] = (byte) (opaque ? 255 : 0);
        int at = (i / 16 * 32 + 16 * tile + i % 16) * 3;
        Arrays.fill(expected, at, at + 3, (byte) (opaque ? 0 : 255));
        expected[at] = (byte) (opaque ? i : 255);
      }
      image.piece(samples);
    }

    assertRegions(tiff.write(file()), new RgbImage(32, 16, expected), true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void ofFilesThatAreDecodedAsAWhole(String format) throws Exception {
    Path png = folder.resolve("a.png");
    PngFiles.writeRgb(png, picture);
    Path file = folder.resolve("a." + format);
    if (!format.equals("png")) {
      ImageIO.write(ImageIO.read(png.toFile()), format, file.toFile());
    }

    assertRegions(file, picture, false);
  }

  @Test
  void areWhiteWhereATileWasLeftOut() throws Exception {
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TestSlides.rgb(tiff.image(), 32, 16)
        .shorts(TestSlides.TILE_WIDTH, 16)
        .shorts(TestSlides.TILE_HEIGHT, 16)
        .piece(new byte[16 * 16 * 3])
        .piece(new byte[0]);

    try (SlideFile slide = SlideFile.open(tiff.write(file()))) {
      assertThat(slide.region(0, 15, 7, 2, 1))
          .isEqualTo(new RgbImage(2, 1, new byte[] {0, 0, 0, -1, -1, -1}));
    }
  }

  @Test
  void areReadByManyThreadsAtOnce() throws Exception {
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TestSlides.tiled(tiff.image(), picture, TW, TH);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (SlideFile slide = SlideFile.open(tiff.write(file()))) {
      Future<?>[] reads = new Future<?>[4];
      for (int t = 0; t < reads.length; t++) {
        Random random = new Random(SEED + t);
        reads[t] =
            pool.submit(
                () -> {
                  for (int i = 0; i < 30; i++) {
                    assertRegion(slide, picture, random);
                  }
                  return null;
                });
      }
      for (Future<?> read : reads) {
        read.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void goOnAfterAThreadWasInterruptedWhileReading() throws Exception {
    TiffFixture tiff = fixture("LITTLE_ENDIAN", false);
    TestSlides.tiled(tiff.image(), picture, TW, TH);
    try (SlideFile slide = SlideFile.open(tiff.write(file()))) {
      Thread.currentThread().interrupt();
      slide.region(0, 0, 0, 50, 50);
      assertThat(Thread.interrupted()).isTrue();

      assertThat(slide.region(0, 1, 2, 50, 50)).isEqualTo(picture.crop(1, 2, 50, 50));
    }
  }

  private void assertRegions(Path file, RgbImage expected, boolean inPlace) throws Exception {
    assertThat(ImageFiles.readRgb(file)).isEqualTo(expected);
    try (SlideFile slide = SlideFile.open(file)) {
      assertThat(slide.readsInPlace()).isEqualTo(inPlace);
      assertThat(slide.width()).isEqualTo(expected.width());
      assertThat(slide.height()).isEqualTo(expected.height());
      int width = expected.width();
      int height = expected.height();
      assertThat(slide.region(0, 0, 0, width, height)).isEqualTo(expected);
      assertThat(slide.region(0, width - 1, height - 1, 1, 1))
          .isEqualTo(expected.crop(width - 1, height - 1, 1, 1));
      assertThat(slide.source(0).region(1, 0, 3, 2)).isEqualTo(expected.crop(1, 0, 3, 2));
      Random random = new Random(SEED);
      for (int i = 0; i < 25; i++) {
        assertRegion(slide, expected, random);
      }
    }
  }

  private static void assertRegion(SlideFile slide, RgbImage expected, Random random)
      throws Exception {
    int width = 1 + random.nextInt(expected.width());
    int height = 1 + random.nextInt(expected.height());
    int x = random.nextInt(expected.width() - width + 1);
    int y = random.nextInt(expected.height() - height + 1);
    assertThat(slide.region(0, x, y, width, height))
        .as("seed %d: %d×%d at (%d, %d)", SEED, width, height, x, y)
        .isEqualTo(expected.crop(x, y, width, height));
  }

  /** What a JPEG stores, without a conversion of colours. */
  private static RgbImage channels(byte[] jpeg) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(in);
      Raster raster = reader.readRaster(0, null);
      byte[] rgb =
          (byte[]) raster.getDataElements(0, 0, raster.getWidth(), raster.getHeight(), null);
      return new RgbImage(raster.getWidth(), raster.getHeight(), rgb);
    } finally {
      reader.dispose();
    }
  }

  private void place(RgbImage tile, int x, int y, byte[] target) {
    int width = Math.min(tile.width(), picture.width() - x);
    for (int row = 0; row < Math.min(tile.height(), picture.height() - y); row++) {
      System.arraycopy(
          tile.rgb(),
          row * tile.width() * 3,
          target,
          ((y + row) * picture.width() + x) * 3,
          width * 3);
    }
  }

  private static TiffFixture fixture(String order, boolean big) {
    return new TiffFixture(
        order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, big);
  }

  private Path file() throws IOException {
    return Files.createTempFile(folder, "slide mit Lücke", ".tif");
  }
}
