package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmenterTest {
  private static final SegmenterOptions OPTIONS = SegmenterOptions.builder().threads(1).build();

  /** The left half is red, the right half blue. */
  private static RgbImage halves(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      rgb[i * 3 + (i % width < width / 2 ? 0 : 2)] = (byte) 200;
    }
    return new RgbImage(width, height, rgb);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void segmentsAnImageAtItsOwnSize() throws Exception {
    RgbImage image = halves(40, 24);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      Segmentation result = segmenter.segment(image);

      assertThat(result.probability().width()).isEqualTo(40);
      assertThat(result.probability().height()).isEqualTo(24);
      assertThat(result.probability().value(0, 0)).isCloseTo(value(7.25), within(1e-6f));
      assertThat(result.probability().value(39, 23)).isCloseTo(value(-12.75), within(1e-6f));
      assertThat(result.mask().foregroundCount()).isEqualTo(20 * 24);
      assertThat(result.mask().label(0, 12)).isEqualTo(1);
      assertThat(result.threshold()).isEqualTo(0.5f);
    }
  }

  private static float value(double logit) {
    return (float) sigmoid(logit);
  }

  @Test
  void resizesTheProbabilitiesOfTheTile() throws Exception {
    RgbImage image = halves(33, 21);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      RgbImage resized = Resize.bilinear(image, TinyModel.TILE, TinyModel.TILE);
      FloatMap tile = segmenter.segment(resized).probability();

      assertThat(segmenter.segment(image).probability()).isEqualTo(Resize.bilinear(tile, 33, 21));
    }
  }

  @Test
  void resizesTheOtherMapsOfTheTileToo() throws Exception {
    byte[] rgb = new byte[3 * 33 * 21];
    new Random(3).nextBytes(rgb);
    RgbImage image = new RgbImage(33, 21, rgb);
    List<String> progress = new ArrayList<>();
    try (Segmenter segmenter = Segmenter.open(new TinyModel().withExperts().bytes(), OPTIONS)) {
      RgbImage input = Resize.bilinear(image, TinyModel.TILE, TinyModel.TILE);
      Segmentation tile = segmenter.segment(input);
      Segmentation whole =
          segmenter.segment(
              image, OptionalDouble.empty(), (done, all) -> progress.add(done + "/" + all));

      assertThat((double) tile.distance().orElseThrow().value(3, 7))
          .isCloseTo(Math.tanh(input.sample(3, 7, 1) / 100.0), within(1e-6));
      assertThat((double) tile.boundary().orElseThrow().value(3, 7))
          .isCloseTo(sigmoid(input.sample(3, 7, 2) / 20.0), within(1e-6));
      assertThat(whole.distance()).hasValue(Resize.bilinear(tile.distance().orElseThrow(), 33, 21));
      assertThat(whole.boundary()).hasValue(Resize.bilinear(tile.boundary().orElseThrow(), 33, 21));
      assertThat(whole.gateWeights()).isPresent().isEqualTo(tile.gateWeights());
    }
    assertThat(progress).containsExactly("1/1");
  }

  @Test
  void theRowsOfAResizedImageComeWhileTheOthersAreStillToBeScaled() throws Exception {
    IOException full = new IOException("full");
    List<Integer> rows = new ArrayList<>();
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      // Maps of more pixels than an array holds.
      assertThatThrownBy(
              () ->
                  segmenter.segment(
                      RgbSource.of(halves(40, 24)),
                      1 << 16,
                      1 << 16,
                      row -> {
                        rows.add(row.y());
                        if (row.y() == 2) {
                          throw full;
                        }
                      },
                      Progress.NONE))
          .isSameAs(full);
    }
    assertThat(rows).containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "5, 0", "-1, 5"})
  void refusesMapsWithoutPixels(int width, int height) throws Exception {
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      assertThatThrownBy(
              () ->
                  segmenter.segment(
                      RgbSource.of(halves(4, 4)), width, height, row -> {}, Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected maps of at least 1×1 pixels, found %d×%d", width, height);
    }
  }

  @Test
  void refusesToReadAnImageWholeThatNoArrayHolds() throws Exception {
    RgbSource slide =
        new RgbSource() {
          @Override
          public int width() {
            return 30_000;
          }

          @Override
          public int height() {
            return 40_000;
          }

          @Override
          public RgbImage region(int x, int y, int width, int height) {
            throw new AssertionError("read");
          }
        };
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      assertThatThrownBy(() -> segmenter.segment(slide, 300, 400, row -> {}, Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most 715827879 pixels")
          .hasMessageContaining("found 30000×40000; choose TILES");
    }
  }

  @Test
  void averagesTheMirrorImagesIfAskedTo() throws Exception {
    byte[] model = new TinyModel().lookingLeft().bytes();
    SegmenterOptions mirrored = SegmenterOptions.builder().threads(1).mirrored(true).build();
    RgbImage image = halves(TinyModel.TILE, TinyModel.TILE);
    try (Segmenter left = Segmenter.open(model, OPTIONS);
        Segmenter both = Segmenter.open(model, mirrored)) {
      // The pixel to the left is red, the one to the right is blue.
      assertThat(left.segment(image).probability().value(8, 3))
          .isCloseTo(value(7.25), within(1e-6f));
      assertThat(both.segment(image).probability().value(8, 3))
          .isCloseTo((value(7.25) + value(-12.75)) / 2, within(1e-6f));
    }
  }

  @Test
  void takesRawBytes() throws Exception {
    RgbImage image = halves(20, 12);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      assertThat(segmenter.segment(image.rgb(), 20, 12)).isEqualTo(segmenter.segment(image));
    }
  }

  @Test
  void takesTheSamplesOfAnImageAsTheyAre() throws Exception {
    ColorModel gray =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(gray, gray.createCompatibleWritableRaster(1, 1), false, null);
    image.getRaster().setPixel(0, 0, new int[] {100, 255});
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      assertThat(segmenter.segment(image).probability().value(0, 0))
          .isCloseTo(value(-2.75), within(1e-6f));
    }
  }

  @Test
  void objectsAreThoseOfThePixelSizeThatWasGiven() throws Exception {
    RgbImage image = halves(60, 40);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      OptionalDouble coarse = OptionalDouble.of(0.62);
      OptionalDouble fine = OptionalDouble.of(0.31);

      // 1200 pixels: more than 500 of 0.62 µm cover, fewer than 2000 of 0.31 µm.
      assertThat(segmenter.segment(image, coarse, Progress.NONE).objects().objects()).hasSize(1);
      assertThat(segmenter.segment(image, fine, Progress.NONE).objects().objects()).isEmpty();
      assertThat(segmenter.segment(image).objects().objects()).hasSize(1);
    }
  }

  @Test
  void readsEachColourFromItsOwnPlane() throws Exception {
    byte[] rgb = new byte[TinyModel.TILE * TinyModel.TILE * 3];
    rgb[3 * 5] = (byte) 255;
    rgb[3 * 6 + 1] = (byte) 255;
    rgb[3 * 7 + 2] = (byte) 255;
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      FloatMap probability =
          segmenter.segment(new RgbImage(TinyModel.TILE, TinyModel.TILE, rgb)).probability();

      assertThat(probability.above(0.5f).foregroundCount()).isEqualTo(1);
      assertThat(probability.value(5, 0)).isCloseTo(value(12.75), within(1e-6f));
    }
  }

  @Test
  void takesTheThresholdOfTheOptionsBeforeTheModels() throws Exception {
    byte[] model = new TinyModel().with("semimoe.threshold", "0.25").bytes();
    try (Segmenter byModel = Segmenter.open(model, OPTIONS);
        Segmenter byOptions =
            Segmenter.open(model, SegmenterOptions.builder().threads(1).threshold(0.75).build())) {
      assertThat(byModel.threshold()).isEqualTo(0.25f);
      assertThat(byOptions.threshold()).isEqualTo(0.75f);
      assertThat(byOptions.segment(halves(8, 8)).threshold()).isEqualTo(0.75f);
    }
  }

  @Test
  void opensAFileWhosePathHasSpacesAndUmlauts(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ein Modell für Drüsen.onnx");
    Files.write(file, new TinyModel().withStaticSide(TinyModel.TILE).bytes());
    try (Segmenter segmenter = Segmenter.open(file, OPTIONS)) {
      assertThat(segmenter.description()).isEqualTo(TinyModel.DESCRIPTION);
      assertThat(segmenter.segment(halves(16, 16)).mask().foregroundCount()).isEqualTo(8 * 16);
    }
  }

  @Test
  void opensAFileInAnArchive(@TempDir Path folder) throws Exception {
    Path archive = folder.resolve("models.zip");
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = Files.write(files.getPath("/model.onnx"), new TinyModel().bytes());
      try (Segmenter segmenter = Segmenter.open(file, OPTIONS)) {
        assertThat(segmenter.description()).isEqualTo(TinyModel.DESCRIPTION);
      }
    }
  }

  @Test
  void givesTheSameResultFromSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        RgbImage image = halves(20 + i, 30);
        Segmentation expected = segmenter.segment(image);
        tasks.add(() -> segmenter.segment(image).equals(expected));
      }
      for (Future<Boolean> same : threads.invokeAll(tasks)) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesToRunOnceClosed() throws Exception {
    Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS);
    segmenter.close();
    segmenter.close();

    assertThatThrownBy(() -> segmenter.segment(halves(4, 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the segmenter is closed; open the model again");
  }

  @Test
  void tellsARunThatLacksMemoryFromOthers() throws Exception {
    try (Segmenter endless = Segmenter.open(new TinyModel().withoutEnd().bytes(), OPTIONS);
        Segmenter diverged = Segmenter.open(new TinyModel().withBias(Float.NaN).bytes(), OPTIONS)) {
      assertThatThrownBy(() -> endless.segment(halves(4, 4)))
          .isInstanceOfSatisfying(
              SegmentationException.class, e -> assertThat(e.isOutOfMemory()).isTrue());
      assertThatThrownBy(() -> diverged.segment(halves(4, 4)))
          .isInstanceOfSatisfying(
              SegmentationException.class, e -> assertThat(e.isOutOfMemory()).isFalse());
    }
  }

  @Test
  void refusesADeviceThatTheRuntimeDoesNotHave() {
    SegmenterOptions gpu = SegmenterOptions.builder().cudaDevice(3).build();

    assertThatThrownBy(() -> Segmenter.open(new TinyModel().bytes(), gpu))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a runtime with CUDA for device 3, found none");
  }

  @Test
  void namesAResourceThatDoesNotExist() {
    assertThatThrownBy(() -> Segmenter.open(SegmenterTest.class, "missing.onnx", OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("missing.onnx: expected a resource on the class path of class");
  }

  @Test
  void reportsProbabilitiesThatAreNotFinite() throws Exception {
    byte[] model = new TinyModel().withBias(Float.NaN).bytes();
    try (Segmenter segmenter = Segmenter.open(model, OPTIONS)) {
      assertThatThrownBy(() -> segmenter.segment(halves(4, 4)))
          .isInstanceOf(SegmentationException.class)
          .hasMessageContaining("found NaN");
    }
  }

  @Test
  void reportsDistancesThatAreNone() throws Exception {
    byte[] model = new TinyModel().withDistance(1).bytes();
    try (Segmenter segmenter = Segmenter.open(model, OPTIONS)) {
      assertThatThrownBy(() -> segmenter.segment(halves(4, 4)))
          .isInstanceOf(SegmentationException.class)
          .hasMessageContaining("expected numbers from -1 to 1 in the output distance, found 200");
    }
  }

  @Test
  void reportsAnOutputOfAnotherSize() throws Exception {
    byte[] model = new TinyModel().withInputAs("gate_weights").bytes();
    try (Segmenter segmenter = Segmenter.open(model, OPTIONS)) {
      assertThatThrownBy(() -> segmenter.segment(halves(4, 4)))
          .isInstanceOf(SegmentationException.class)
          .hasMessageContaining("expected 9 numbers in the output gate_weights, found 768");
    }
  }

  @Test
  void namesAFileThatDoesNotExist(@TempDir Path folder) {
    Path file = folder.resolve("missing.onnx");

    assertThatThrownBy(() -> Segmenter.open(file, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("found no file");
  }

  @Test
  void namesAFileThatIsNoModel(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("notes.onnx");
    Files.write(file, "just some text".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Segmenter.open(file, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("expected an ONNX model");
  }

  @Test
  void refusesAModelOfSomeoneElse() {
    byte[] model = new TinyModel().without("semimoe.format").bytes();

    assertThatThrownBy(() -> Segmenter.open(model, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a model exported by Semi-MoE");
  }

  @ParameterizedTest
  @CsvSource({"distance, 1", "boundary, 1", "expert_logits, 15"})
  void refusesAModelWithOtherFurtherOutputs(String output, int channels) {
    byte[] model = new TinyModel().withInputAs(output).bytes();

    assertThatThrownBy(() -> Segmenter.open(model, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected %s to be float32 [N, %d, H, W]", output, channels);
  }

  @Test
  void refusesAModelWithOtherTensors() {
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withInputChannels(4).bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "expected input to be float32 [N, 3, H, W] with free sides or 16, found float [-1, 4, -1, -1]");
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withInputName("x").bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected one input named input, found [x]");
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withStaticSide(32).bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("free sides or 16");
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withOutputName("y").bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a tensor named output, found [y]");
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withOutputChannels(3).bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected output to be float32 [N, 2, H, W]");
  }
}
