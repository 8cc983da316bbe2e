package io.semimoe.dataset.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TiffWriterTest {
  private static final long SEED = 977;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,1", "256,256", "257,255", "3,700", "700,513"})
  void writesMasksInBandsOfAnyHeight(int width, int height) throws Exception {
    LabelMap labels = labels(width, height, 7);
    Path file = write(TiffLayout.of(width, height, TiffContent.MASK), labels);

    for (BufferedImage image : decodedByTwoReaders(file)) {
      assertSame(
          image.getRaster().getPixels(0, 0, width, height, (int[]) null),
          Arrays.stream(labels.labels()).map(label -> label != 0 ? 255 : 0).toArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"LABELS16,65535", "LABELS32,2147483647"})
  void writesLabelsWithAllTheirBits(TiffContent content, int max) throws Exception {
    LabelMap labels = labels(300, 270, max);
    Path file = write(TiffLayout.of(300, 270, content), labels);

    assertThat(MaskFiles.read(file)).isEqualTo(labels);
    for (BufferedImage image : decodedByTwoReaders(file)) {
      assertThat(image.getRaster().getDataBuffer().getDataType())
          .isEqualTo(
              content == TiffContent.LABELS16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_INT);
      assertSame(image.getRaster().getPixels(0, 0, 300, 270, (int[]) null), labels.labels());
    }
  }

  @Test
  void writesProbabilitiesRounded() throws Exception {
    float[] values = new float[270 * 20];
    Random random = new Random(SEED);
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 3 ? i / 2f : random.nextFloat();
    }
    Path file = folder.resolve("p.tif");
    try (TiffWriter writer =
        TiffWriter.create(file, TiffLayout.of(270, 20, TiffContent.PROBABILITY16))) {
      writer.append(new FloatMap(270, 20, values));
      writer.finish();
    }

    int[] expected = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      expected[i] = (int) Math.floor((double) values[i] * 65_535 + 0.5);
    }
    for (BufferedImage image : decodedByTwoReaders(file)) {
      assertSame(image.getRaster().getPixels(0, 0, 270, 20, (int[]) null), expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void writesAPyramidOfMeansThatIsReadLevelByLevel(boolean big) throws Exception {
    RgbImage picture = TestSlides.picture(1101, 517, SEED);
    Path file = folder.resolve("rgb.tif");
    TiffLayout layout = TiffLayout.of(1101, 517, TiffContent.RGB).withPyramid();
    try (TiffWriter writer =
        TiffWriter.create(file, layout, big ? 0 : Files.getFileStore(folder).getTotalSpace())) {
      for (int y = 0; y < 517; y += 100) {
        writer.append(picture.crop(0, y, 1101, Math.min(100, 517 - y)));
      }
      writer.finish();
    }

    assertThat(Files.readAllBytes(file)[2]).isEqualTo((byte) (big ? 43 : 42));
    assertThat(ImageFiles.readRgb(file)).isEqualTo(picture);
    try (SlideFile slide = SlideFile.open(file)) {
      assertThat(slide.levels())
          .containsExactly(
              new SlideLevel(1101, 517, 1),
              new SlideLevel(551, 259, 2),
              new SlideLevel(276, 130, 4),
              new SlideLevel(138, 65, 8));
      RgbImage expected = picture;
      for (int level = 0; level < 4; level++) {
        assertThat(slide.region(level, 0, 0, expected.width(), expected.height()))
            .as("level %d, seed %d", level, SEED)
            .isEqualTo(expected);
        expected = halved(expected);
      }
    }
  }

  @Test
  void writesAPyramidOfLabelsThatMakesUpNone() throws Exception {
    LabelMap labels = labels(517, 301, 70_000);
    Path file = write(TiffLayout.of(517, 301, TiffContent.LABELS32).withPyramid(), labels);

    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = ImageIO.getImageReaders(stream).next();
      reader.setInput(stream);
      assertThat(reader.getNumImages(true)).isEqualTo(3);
      int[] second = reader.read(2).getRaster().getPixels(0, 0, 130, 76, (int[]) null);
      reader.dispose();
      int[] expected = new int[130 * 76];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = labels.label(i % 130 * 4, i / 130 * 4);
      }
      assertSame(second, expected);
    }
  }

  @Test
  void writesSixteenBitMeans() throws Exception {
    Reduction reduction = new Reduction(TiffContent.PROBABILITY16);
    byte[] upper = {0, (byte) 0xff, 3, 0, (byte) 0xff, (byte) 0xff};
    byte[] lower = {0, (byte) 0xff, 0, 1, (byte) 0xff, (byte) 0xff};

    // (0xff00 + 3 + 0xff00 + 0x100 + 2) / 4 = 0x7fc1; the odd column is its own mean.
    assertThat(reduction.reduce(upper, lower, 3)).containsExactly(0xc1, 0x7f, 0xff, 0xff);
  }

  @ParameterizedTest
  @CsvSource({"0.25", "0.4991", "7.3", "0.023"})
  void recordsTheSizeOfAPixelForEachLevel(double microns) throws Exception {
    LabelMap labels = labels(600, 10, 3);
    TiffLayout layout =
        TiffLayout.of(600, 10, TiffContent.MASK)
            .withPyramid()
            .withMicronsPerPixel(OptionalDouble.of(microns));
    Path file = write(layout, labels);

    try (TiffInput in = TiffInput.open(file)) {
      List<TiffDirectory> levels = TiffDirectory.chain(in);
      assertThat(levels).hasSize(3);
      for (int i = 0; i < 2; i++) {
        assertThat(levels.get(i).integer(TiffTag.NEW_SUBFILE_TYPE, -1)).isEqualTo(i);
        assertThat(PixelSize.of(levels.get(i)).orElseThrow())
            .isCloseTo(microns * (1 << i), within(microns * 1e-7));
      }
    }
  }

  @Test
  void fillsTilesUpWithZeros() throws Exception {
    int[] ones = new int[257];
    Arrays.fill(ones, 1);
    Path file = write(TiffLayout.of(257, 1, TiffContent.MASK), new LabelMap(257, 1, ones));

    try (TiffInput in = TiffInput.open(file)) {
      TiffDirectory directory = TiffDirectory.chain(in).get(0);
      int count = (int) directory.integers(TiffTag.TILE_BYTE_COUNTS)[1];
      Inflater inflater = new Inflater();
      inflater.setInput(in.read(directory.integers(TiffTag.TILE_OFFSETS)[1], count));
      byte[] tile = new byte[256 * 256];
      assertThat(inflater.inflate(tile)).isEqualTo(tile.length);
      inflater.end();
      byte[] expected = new byte[256 * 256];
      expected[0] = (byte) 255;
      assertThat(Arrays.mismatch(tile, expected)).isEqualTo(-1);
    }
  }

  @Test
  void leavesTheOldFileAndNothingElseWhenItIsAbandoned() throws Exception {
    Path file = Files.writeString(folder.resolve("a.tif"), "old");
    TiffLayout layout = TiffLayout.of(300, 300, TiffContent.MASK);
    TiffWriter writer = TiffWriter.create(file, layout);
    writer.append(labels(300, 299, 2));

    assertThatThrownBy(writer::finish)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected 300 rows before it is finished once, found 299");
    writer.close();
    writer.close();
    assertThatThrownBy(() -> writer.append(labels(300, 1, 2)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("a.tif");
  }

  @Test
  void aCompleteFileHasNoNameUntilItIsPublished() throws Exception {
    Path file = Files.writeString(folder.resolve("a.tif"), "old");
    LabelMap labels = labels(300, 300, 2);
    try (TiffWriter writer = TiffWriter.create(file, TiffLayout.of(300, 300, TiffContent.MASK))) {
      writer.append(labels);
      assertThatThrownBy(writer::publish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("expected a complete file that has no name yet");
      writer.complete();
      assertThat(file).hasContent("old");

      writer.publish();
      assertThatThrownBy(writer::publish).isInstanceOf(IllegalStateException.class);
    }
    assertThat(MaskFiles.read(file).foregroundCount()).isEqualTo(labels.foregroundCount());
    assertThat(folder.toFile().list()).containsExactly("a.tif");
  }

  @Test
  void refusesRowsThatDoNotFit() throws Exception {
    Path file = folder.resolve("a.tif");
    try (TiffWriter writer = TiffWriter.create(file, TiffLayout.of(10, 5, TiffContent.LABELS16))) {
      assertRefused(() -> writer.append(labels(9, 1, 2)), "rows of 10 pixels");
      assertRefused(() -> writer.append(labels(10, 6, 2)), "at most 5 of them, found 10×6");
      int[] large = new int[10];
      large[3] = 65_536;
      assertRefused(() -> writer.append(new LabelMap(10, 1, large)), "0 to 65535, found 65536");
      assertRefused(
          () -> writer.append(new FloatMap(10, 1, new float[10])),
          "expected rows of labels16, found probabilities");
      assertRefused(() -> writer.append(TestSlides.picture(10, 1, 1)), "found colours");
    }
    try (TiffWriter writer =
        TiffWriter.create(file, TiffLayout.of(1, 2, TiffContent.PROBABILITY16))) {
      assertRefused(() -> writer.append(new FloatMap(1, 1, new float[] {Float.NaN})), "found NaN");
      assertRefused(() -> writer.append(new FloatMap(1, 1, new float[] {1.1f})), "found 1.1");
      assertRefused(() -> writer.append(labels(1, 1, 2)), "found labels");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(TiffContent.class)
  void refusesLayoutsThatCannotBe(TiffContent content) {
    assertRefused(() -> TiffLayout.of(0, 1, content), "found 0×1");
    assertRefused(() -> TiffLayout.of(Integer.MAX_VALUE, 1, content), "columns");
    assertRefused(() -> TiffLayout.of(2_000_000, Integer.MAX_VALUE, content), "tiles");
    assertRefused(
        () -> TiffLayout.of(1, 1, content).withMicronsPerPixel(OptionalDouble.of(0)),
        "positive number");
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    Path file = folder.resolve("absent/a.tif");

    assertThatThrownBy(() -> TiffWriter.create(file, TiffLayout.of(1, 1, TiffContent.MASK)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("cannot be written");
  }

  private static void assertSame(int[] actual, int[] expected) {
    assertThat(Arrays.mismatch(actual, expected))
        .as("first difference, seed %d", SEED)
        .isEqualTo(-1);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** Writes a map in bands of random heights. */
  private Path write(TiffLayout layout, LabelMap map) throws Exception {
    Path file = folder.resolve("written.tif");
    Random random = new Random(SEED);
    try (TiffWriter writer = TiffWriter.create(file, layout)) {
      int y = 0;
      while (y < map.height()) {
        int rows = Math.min(map.height() - y, 1 + random.nextInt(300));
        writer.append(map.crop(0, y, map.width(), rows));
        y += rows;
      }
      writer.finish();
    }
    return file;
  }

  private static LabelMap labels(int width, int height, int max) {
    Random random = new Random(SEED);
    int[] labels = new int[width * height];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextBoolean() ? 0 : 1 + random.nextInt(max);
    }
    labels[0] = max;
    return new LabelMap(width, height, labels);
  }

  /** The first image as decoded by the reader in use and by the one that is part of Java. */
  private static List<BufferedImage> decodedByTwoReaders(Path file) throws Exception {
    List<BufferedImage> images = new ArrayList<>();
    List<String> vendors = new ArrayList<>();
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("tiff");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
        reader.setInput(stream);
        images.add(reader.read(0));
        vendors.add(reader.getClass().getName().replaceAll("\\..*", ""));
      } finally {
        reader.dispose();
      }
    }
    assertThat(images).as("readers %s", vendors).hasSizeGreaterThan(1);
    return images;
  }

  private static RgbImage halved(RgbImage image) {
    int width = (image.width() + 1) / 2;
    int height = (image.height() + 1) / 2;
    byte[] out = new byte[width * height * 3];
    for (int i = 0; i < out.length; i++) {
      int x = i / 3 % width * 2;
      int y = i / 3 / width * 2;
      int sum = 0;
      int count = 0;
      for (int dy = 0; dy < 2 && y + dy < image.height(); dy++) {
        for (int dx = 0; dx < 2 && x + dx < image.width(); dx++) {
          sum += image.sample(x + dx, y + dy, i % 3);
          count++;
        }
      }
      out[i] = (byte) Math.floor((double) sum / count + 0.5);
    }
    return new RgbImage(width, height, out);
  }
}
