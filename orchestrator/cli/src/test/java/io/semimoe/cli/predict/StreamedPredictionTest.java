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
import java.util.EnumMap;
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
  private final Map<Prediction, Path> targets = new EnumMap<>(Prediction.class);
  private Path slide;
  private Segmenter segmenter;

  /** One process has one runtime: the one that the tests of training need too. */
  @BeforeAll
  static void loadNatives() {
    NativeLibraries.load();
  }

  /**
   * A tiled slide with two red squares of 60 × 60 pixels, half a µm each. Green is the distance to
   * some models: there is a valley in the middle of each square.
   */
  @BeforeEach
  void makeSlide() throws Exception {
    slide = folder.resolve("slide.tif");
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean first = x >= 20 && x < 80 && y >= 230 && y < 290;
        boolean second = x >= 200 && x < 260 && y >= 600 && y < 660;
        if (first || second) {
          rgb[3 * (y * WIDTH + x)] = (byte) 250;
          rgb[3 * (y * WIDTH + x) + 1] = (byte) (x == 50 || x == 230 ? 40 : 250);
        }
      }
    }
    TiffLayout layout =
        TiffLayout.of(WIDTH, HEIGHT, TiffContent.RGB).withMicronsPerPixel(OptionalDouble.of(0.5));
    try (TiffWriter writer = TiffWriter.create(slide, layout)) {
      writer.append(new RgbImage(WIDTH, HEIGHT, rgb));
      writer.finish();
    }
    segmenter = Segmenter.open(RedModel.write(folder.resolve("model.onnx")), tiles());
    targets.put(Prediction.MASK, folder.resolve("mask.tif"));
    targets.put(Prediction.PROBABILITY, folder.resolve("probability.tif"));
    targets.put(Prediction.LABELS, folder.resolve("labels.tif"));
    targets.put(Prediction.GEOJSON, folder.resolve("glands.geojson"));
    targets.put(Prediction.CSV, folder.resolve("glands.csv"));
  }

  private static SegmenterOptions tiles() {
    return SegmenterOptions.builder()
        .threads(1)
        .prediction(ModelDescription.Prediction.TILES)
        .tileSize(128)
        .build();
  }

  @AfterEach
  void close() {
    segmenter.close();
  }

  @Test
  void writesMapsAndObjectsOfASlide() throws Exception {
    StreamedPrediction.Found found = writeAllFiles(segmenter, Progress.NONE);

    assertThat(found).isEqualTo(new StreamedPrediction.Found(2, 2 * 3600));
    LabelMap map = MaskFiles.read(folder.resolve("mask.tif"));
    assertThat(List.of(map.width(), map.height())).containsExactly(WIDTH, HEIGHT);
    assertThat(map.foregroundCount()).isEqualTo(7200);
    assertThat(map.label(20, 230)).isNotZero();
    assertThat(map.label(259, 659)).isNotZero();
    LabelMap numbers = MaskFiles.read(folder.resolve("labels.tif"));
    assertThat(numbers.label(20, 230)).isEqualTo(1);
    assertThat(numbers.label(259, 659)).isEqualTo(2);
    assertThat(numbers.foregroundCount()).isEqualTo(7200);
    try (SlideFile written = SlideFile.open(folder.resolve("probability.tif"))) {
      assertThat(written.readsInPlace()).isTrue();
      assertThat(written.levels()).hasSizeGreaterThan(1);
      assertThat(written.micronsPerPixel().orElseThrow()).isEqualTo(0.5);
    }
    JsonNode features =
        new ObjectMapper().readTree(folder.resolve("glands.geojson").toFile()).get("features");
    assertThat(features).hasSize(2);
    assertThat(features.get(0).at("/properties/measurements/Area µm^2").doubleValue())
        .isEqualTo(900);
    assertThat(features.get(1).at("/geometry/coordinates/0/0").toString()).isEqualTo("[200,600]");
    List<String> lines = Files.readAllLines(folder.resolve("glands.csv"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).endsWith(",area_um2,perimeter_um,centroid_x_um,centroid_y_um");
    assertThat(lines.get(1)).startsWith("1,3600,").endsWith(",25.000,130.000");
  }

  @Test
  void scalesASlideToThePixelSizeOfTheModel() throws Exception {
    Path model = RedModel.write(folder.resolve("coarse.onnx"), 1);
    Path mask = folder.resolve("mask.tif");
    StreamedPrediction.Found found;
    try (Segmenter coarse = Segmenter.open(model, tiles());
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
  void cutsObjectsApartByTheDistance() throws Exception {
    Path model = RedModel.writeWithDistance(folder.resolve("distance.onnx"));
    StreamedPrediction.Found found;
    try (Segmenter distance = Segmenter.open(model, tiles())) {
      found = writeAllFiles(distance, Progress.NONE);
    }

    assertThat(found).isEqualTo(new StreamedPrediction.Found(4, 2 * 3600));
    LabelMap numbers = MaskFiles.read(folder.resolve("labels.tif"));
    assertThat(numbers.label(20, 260)).isNotEqualTo(numbers.label(79, 260));
  }

  @Test
  void leavesNothingBehindOfASlideThatIsDamaged() throws Exception {
    byte[] bytes = Files.readAllBytes(slide);
    for (int i = 16; i < 200; i++) {
      bytes[i] = (byte) 0xAA;
    }
    Files.write(slide, bytes);
    assertThatThrownBy(() -> writeAllFiles(segmenter, Progress.NONE))
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
            () ->
                writeAllFiles(
                    segmenter, (done, all) -> folder.resolve("labels.tif").toFile().mkdir()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels.tif: is a folder");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("slide.tif", "model.onnx", "labels.tif");
    }
  }

  @Test
  void leavesNothingBehindWhereOneOfTheFilesCannotBeBegun() throws Exception {
    targets.put(Prediction.CSV, folder.resolve("missing").resolve("glands.csv"));

    assertThatThrownBy(() -> writeAllFiles(segmenter, Progress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("glands.csv");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("slide.tif", "model.onnx");
    }
  }

  private StreamedPrediction.Found writeAllFiles(Segmenter with, Progress progress)
      throws Exception {
    try (SlideFile file = SlideFile.open(slide)) {
      return StreamedPrediction.write(
          file, file.micronsPerPixel(), with, ObjectOptions.GLAS_SIZED, targets, progress);
    }
  }
}
