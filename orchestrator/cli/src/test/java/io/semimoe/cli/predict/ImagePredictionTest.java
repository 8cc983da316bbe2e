package io.semimoe.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.cli.RedModel;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Progress;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which images are predicted piece by piece, and what is written of them. */
class ImagePredictionTest {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;
  private static final long PIXELS = WIDTH * HEIGHT;

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();
  private final RgbImage red = red();
  private Path output;
  private Path slide;
  private Path model;
  private int tileSize = 16;
  private long maxPixels = Long.MAX_VALUE;
  private Progress progress = Progress.NONE;

  /** One process has one runtime: the one that the tests of training need too. */
  @BeforeAll
  static void loadNatives() {
    NativeLibraries.load();
  }

  @BeforeEach
  void writeModelAndSlide() throws Exception {
    model = RedModel.write(folder.resolve("model.onnx"));
    output = Files.createDirectory(folder.resolve("out"));
    slide = folder.resolve("a.tif");
    TiffLayout layout = TiffLayout.of(WIDTH, HEIGHT, TiffContent.RGB);
    try (TiffWriter writer = TiffWriter.create(slide, layout)) {
      writer.append(red);
      writer.finish();
    }
  }

  @Test
  void aSlideAboveTheLimitIsStreamedWithoutAnOverlay() throws Exception {
    Predicted predicted =
        predict(
            slide, ModelDescription.Prediction.TILES, PIXELS - 1, EnumSet.allOf(Prediction.class));

    assertThat(output.toFile().list())
        .containsExactlyInAnyOrder(
            "a_mask.tif", "a_probability.tif", "a_labels.tif", "a.geojson", "a_objects.csv");
    assertThat(predicted.files().values())
        .contains(output.resolve("a_mask.tif").toString())
        .hasSize(5);
    assertThat(predicted.objects()).isEqualTo(1);
    assertThat(predicted.foregroundShare()).isEqualTo(1);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("is predicted piece by piece, without overlay, without overlay-jpeg, since ")
        .contains("Java's memory of", "SEMI_MOE_JAVA_OPTS=-Xmx…");
  }

  @Test
  void aSlideOfWhichNothingThatIsAskedForCanBeStreamedIsRefused() {
    assertThatThrownBy(
            () ->
                predict(
                    slide,
                    ModelDescription.Prediction.TILES,
                    PIXELS - 1,
                    EnumSet.of(Prediction.OVERLAY)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.tif: nothing of what --write asks for");

    assertThat(output).isEmptyDirectory();
  }

  @Test
  void aSlideIsStreamedOnceMoreWithSmallerTilesWhenTheMemoryDoesNotSuffice() throws Exception {
    model = RedModel.writeGreedy(model);
    tileSize = 32;

    predict(slide, ModelDescription.Prediction.TILES, PIXELS - 1, maskAndOverlay());

    assertThat(output.toFile().list()).containsExactly("a_mask.tif");
    assertThat(warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).contains("without overlay, "),
            warning -> assertThat(warning).endsWith("tiles of 32 pixels, tried again with 16"));
  }

  @Test
  void aSlideForWhichTheHeapDoesNotSufficeIsStreamedAfterAll() throws Exception {
    tileSize = 32;
    progress = failingOnce();

    Predicted predicted =
        predict(slide, ModelDescription.Prediction.TILES, PIXELS, maskAndOverlay());

    assertThat(predicted.files()).containsOnlyKeys("mask");
    assertThat(output.toFile().list()).containsExactly("a_mask.tif");
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("is predicted piece by piece, without overlay, since Java's memory");
  }

  @Test
  void smallerTilesAreNotTriedForAnImageThatOnlyALargerHeapWouldHold() throws Exception {
    tileSize = 32;
    progress = failingOnce();
    Path png = folder.resolve("a.png");
    PngFiles.writeRgb(png, red);

    assertThatThrownBy(
            () -> predict(png, ModelDescription.Prediction.TILES, PIXELS, maskAndOverlay()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "a.png: 48×32 pixels: not enough memory (Java may take %d MiB)",
            Runtime.getRuntime().maxMemory() >> 20)
        .hasMessageEndingWith("by SEMI_MOE_JAVA_OPTS=-Xmx…, choose fewer --images-at-once");

    assertThat(warnings).isEmpty();
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void tilesAreAdvisedForASlideThatTheModelSeesAtOnceAndTheHeapDoesNotHold() {
    progress = failingOnce();

    assertThatThrownBy(
            () -> predict(slide, ModelDescription.Prediction.RESIZE, PIXELS, maskAndOverlay()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.tif: 48×32 pixels: not enough memory")
        .hasMessageEndingWith("or use --tiles");
  }

  @Test
  void aStreamedSlideForWhichTheHeapDoesNotSufficeGetsSmallerTiles() throws Exception {
    tileSize = 32;
    progress = failingOnce();

    predict(slide, ModelDescription.Prediction.TILES, PIXELS - 1, EnumSet.of(Prediction.MASK));

    assertThat(output.toFile().list()).containsExactly("a_mask.tif");
    assertThat(warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).startsWith("is predicted piece by piece, since "),
            warning -> assertThat(warning).endsWith("tiles of 32 pixels, tried again with 16"));
  }

  @Test
  void moreThan64MillionPixelsAreTheReasonWhateverTheHeapHolds() throws Exception {
    Path large = WhiteTiff.write(folder.resolve("large.tif"), 8000, 8001, 4096);

    assertThatThrownBy(
            () ->
                predict(
                    large,
                    ModelDescription.Prediction.TILES,
                    64_000_000,
                    EnumSet.of(Prediction.OVERLAY)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nothing of what --write asks for")
        .hasMessageEndingWith("since it has more than 64 million pixels");
  }

  @Test
  void tilesThatAreMissingInTheFileAreWhiteInMemoryToo() throws Exception {
    Path white = WhiteTiff.write(folder.resolve("white.tif"), WIDTH, HEIGHT, 16);

    Predicted predicted =
        predict(white, ModelDescription.Prediction.TILES, PIXELS, maskAndOverlay());

    assertInMemory();
    assertThat(predicted.foregroundShare()).isEqualTo(1);
  }

  @Test
  void theLimitOfWhatIsDecodedAsAWholeIsNotThatOfASlideInTiles() throws Exception {
    maxPixels = PIXELS - 1;

    predict(slide, ModelDescription.Prediction.TILES, PIXELS, maskAndOverlay());

    assertInMemory();
    assertThatThrownBy(
            () -> predict(slide, ModelDescription.Prediction.RESIZE, PIXELS, maskAndOverlay()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("too many to be decoded as a whole; use --tiles");
  }

  @Test
  void aSlideOfMorePixelsThanAnArrayHoldsIsNotDecodedAsAWhole() throws Exception {
    Path large = WhiteTiff.write(folder.resolve("large.tif"), 40_000, 20_000, 4000);

    assertThatThrownBy(
            () -> predict(large, ModelDescription.Prediction.RESIZE, PIXELS, maskAndOverlay()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("too many to be decoded as a whole; use --tiles");
  }

  @Test
  void aSlideOfAsManyPixelsAsTheLimitIsPredictedInMemory() throws Exception {
    predict(slide, ModelDescription.Prediction.TILES, PIXELS, maskAndOverlay());

    assertInMemory();
  }

  @Test
  void aSlideThatTheModelSeesAtOnceIsPredictedInMemory() throws Exception {
    predict(slide, ModelDescription.Prediction.RESIZE, PIXELS - 1, maskAndOverlay());

    assertInMemory();
  }

  @Test
  void anImageThatCannotBeReadPieceByPieceIsPredictedInMemory() throws Exception {
    Path png = folder.resolve("a.png");
    PngFiles.writeRgb(png, red);

    predict(png, ModelDescription.Prediction.TILES, PIXELS - 1, maskAndOverlay());

    assertInMemory();
  }

  private void assertInMemory() {
    assertThat(output.toFile().list()).containsExactlyInAnyOrder("a_mask.png", "a_overlay.png");
    assertThat(warnings).isEmpty();
  }

  private static Set<Prediction> maskAndOverlay() {
    return EnumSet.of(Prediction.MASK, Prediction.OVERLAY);
  }

  private Predicted predict(
      Path image, ModelDescription.Prediction way, long mostPixelsInMemory, Set<Prediction> write)
      throws Exception {
    SegmenterOptions.Builder options =
        SegmenterOptions.builder().threads(1).prediction(way).tileSize(tileSize);
    PredictionSettings settings =
        new PredictionSettings(
            new ObjectChoice(OptionalLong.empty(), OptionalLong.empty(), true, 0.8),
            OptionalDouble.empty(),
            output,
            write,
            maxPixels);
    try (PredictionModels models = PredictionModels.open(model, options)) {
      return new ImagePrediction(models, settings, new Warnings(), mostPixelsInMemory)
          .predict("a", image);
    }
  }

  private static RgbImage red() {
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) 255;
    }
    return new RgbImage(WIDTH, HEIGHT, rgb);
  }

  /** Runs out of Java's memory, but not a second time. */
  private static Progress failingOnce() {
    AtomicBoolean failed = new AtomicBoolean();
    return (done, all) -> {
      if (!failed.getAndSet(true)) {
        throw new OutOfMemoryError("as a test wants it");
      }
    };
  }

  /** Keeps what is warned of. */
  private final class Warnings extends QuietListener {
    @Override
    public void warned(Path image, String message) {
      warnings.add(message);
    }

    @Override
    public Progress ofImage() {
      return progress;
    }
  }
}
