package io.semimoe.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.cli.RedModel;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Progress;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamedPredictionTest {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 700;

  @TempDir Path folder;
  private Path slide;
  private Segmenter segmenter;

  /** One process has one runtime: the one that the tests of training need too. */
  @BeforeAll
  static void loadNatives() {
    NativeLibraries.load();
  }

  /** A tiled slide with two red squares of 60 × 60 pixels, half a µm each. */
  @BeforeEach
  void makeSlide() throws Exception {
    slide = folder.resolve("slide.tif");
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean first = x >= 20 && x < 80 && y >= 230 && y < 290;
        boolean second = x >= 200 && x < 260 && y >= 600 && y < 660;
        rgb[3 * (y * WIDTH + x)] = (byte) (first || second ? 250 : 0);
      }
    }
    TiffLayout layout =
        TiffLayout.of(WIDTH, HEIGHT, TiffContent.RGB).withMicronsPerPixel(OptionalDouble.of(0.5));
    try (TiffWriter writer = TiffWriter.create(slide, layout)) {
      writer.append(new RgbImage(WIDTH, HEIGHT, rgb));
      writer.finish();
    }
    segmenter =
        Segmenter.open(
            RedModel.write(folder.resolve("model.onnx")),
            SegmenterOptions.builder()
                .threads(1)
                .prediction(ModelDescription.Prediction.TILES)
                .tileSize(128)
                .build());
  }

  @AfterEach
  void close() {
    segmenter.close();
  }

  @Test
  void writesMapsAndObjectsOfASlide() throws Exception {
    Path mask = folder.resolve("mask.tif");
    Path probability = folder.resolve("probability.tif");
    Path outlines = folder.resolve("glands.geojson");
    Path table = folder.resolve("glands.csv");
    Path labels = folder.resolve("labels.tif");
    StreamedPrediction.Found found;
    try (SlideFile file = SlideFile.open(slide)) {
      found =
          StreamedPrediction.write(
              file,
              file.micronsPerPixel(),
              segmenter,
              ObjectOptions.GLAS_SIZED,
              Map.of(
                  Prediction.MASK, mask,
                  Prediction.PROBABILITY, probability,
                  Prediction.GEOJSON, outlines,
                  Prediction.CSV, table,
                  Prediction.LABELS, labels),
              Progress.NONE);
    }

    assertThat(found).isEqualTo(new StreamedPrediction.Found(2, 2 * 3600));
    LabelMap map = MaskFiles.read(mask);
    assertThat(List.of(map.width(), map.height())).containsExactly(WIDTH, HEIGHT);
    assertThat(map.foregroundCount()).isEqualTo(7200);
    assertThat(map.label(20, 230)).isNotZero();
    assertThat(map.label(259, 659)).isNotZero();
    LabelMap numbers = MaskFiles.read(labels);
    assertThat(numbers.label(20, 230)).isEqualTo(1);
    assertThat(numbers.label(259, 659)).isEqualTo(2);
    assertThat(numbers.foregroundCount()).isEqualTo(7200);
    try (SlideFile written = SlideFile.open(probability)) {
      assertThat(written.readsInPlace()).isTrue();
      assertThat(written.levels()).hasSizeGreaterThan(1);
      assertThat(written.micronsPerPixel().orElseThrow()).isEqualTo(0.5);
    }
    JsonNode features = new ObjectMapper().readTree(outlines.toFile()).get("features");
    assertThat(features).hasSize(2);
    assertThat(features.get(0).at("/properties/measurements/Area µm^2").doubleValue())
        .isEqualTo(900);
    assertThat(features.get(1).at("/geometry/coordinates/0/0").toString()).isEqualTo("[200,600]");
    List<String> lines = Files.readAllLines(table);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).endsWith(",area_um2,perimeter_um,centroid_x_um,centroid_y_um");
    assertThat(lines.get(1)).startsWith("1,3600,").endsWith(",25.000,130.000");
  }

  @Test
  void scalesASlideToThePixelSizeOfTheModel() throws Exception {
    Path model = RedModel.write(folder.resolve("coarse.onnx"), 1);
    Path mask = folder.resolve("mask.tif");
    SegmenterOptions options =
        SegmenterOptions.builder()
            .threads(1)
            .prediction(ModelDescription.Prediction.TILES)
            .tileSize(128)
            .build();
    StreamedPrediction.Found found;
    try (Segmenter coarse = Segmenter.open(model, options);
        SlideFile file = SlideFile.open(slide)) {
      found =
          StreamedPrediction.write(
              file,
              file.micronsPerPixel(),
              coarse,
              ObjectOptions.GLAS_SIZED,
              Map.of(Prediction.MASK, mask),
              Progress.NONE);
    }

    // The squares, but for their rounded corners.
    assertThat(found.objects()).isEqualTo(2);
    assertThat(found.foreground()).isBetween(2L * 3580, 2L * 3600);
    LabelMap map = MaskFiles.read(mask);
    assertThat(List.of(map.width(), map.height())).containsExactly(WIDTH, HEIGHT);
    assertThat(map.label(20, 260)).isNotZero();
    assertThat(map.label(19, 260)).isZero();
    assertThat(map.label(259, 630)).isNotZero();
    assertThat(map.label(260, 630)).isZero();
  }

  @Test
  void leavesNothingBehindOfASlideThatIsDamaged() throws Exception {
    byte[] bytes = Files.readAllBytes(slide);
    for (int i = 16; i < 200; i++) {
      bytes[i] = (byte) 0xAA;
    }
    Files.write(slide, bytes);
    assertThatThrownBy(() -> writeThreeFiles(Progress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("slide.tif");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("slide.tif", "model.onnx");
    }
  }

  @Test
  void noFileGetsItsNameWhenTheLastOneCannotBeWritten() throws Exception {
    assertThatThrownBy(
            () -> writeThreeFiles((done, all) -> folder.resolve("labels.tif").toFile().mkdir()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels.tif: is a folder");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("slide.tif", "model.onnx", "labels.tif");
    }
  }

  /** Writes mask, labels and table of the slide. */
  private void writeThreeFiles(Progress progress) throws Exception {
    Map<Prediction, Path> targets =
        Map.of(
            Prediction.MASK, folder.resolve("mask.tif"),
            Prediction.CSV, folder.resolve("glands.csv"),
            Prediction.LABELS, folder.resolve("labels.tif"));
    try (SlideFile file = SlideFile.open(slide)) {
      StreamedPrediction.write(
          file, file.micronsPerPixel(), segmenter, ObjectOptions.GLAS_SIZED, targets, progress);
    }
  }
}
