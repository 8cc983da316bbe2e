package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import com.google.common.primitives.Longs;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.inference.ModelDescription;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.loop.ModelExport;
import io.semimoe.training.run.MetricsFile;
import io.semimoe.training.run.MetricsRecord;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.Feed;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.TrainingSession;
import io.semimoe.verification.Distances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds exported models, run in the official inference-only ONNX Runtime and in OpenCV, to the
 * trainer's evaluation on the same images.
 */
class ExportFidelityTest {
  private static final int WIDTH = 4;
  private static final int SIZE = SmallTraining.SIZE;
  private static final int OTHER_HEIGHT = 48;
  private static final int OTHER_WIDTH = 64;
  private static final double TOLERANCE = 1e-4;

  /** Not that of any preset, so that a model with another one is found out. */
  private static final Normalization NORMALIZATION =
      new Normalization(new float[] {.75f, .5f, .625f}, new float[] {.25f, .375f, .1875f});

  private static final List<String> SETTINGS =
      List.of(
          "data.normalization.kind=explicit",
          "data.normalization.mean=[0.75, 0.5, 0.625]",
          "data.normalization.std=[0.25, 0.375, 0.1875]");

  /**
   * One comparison.
   *
   * @param model name of the exported model
   */
  private record Case(String model, int batch, int height, int width) {
    long[] shape(int channels) {
      return new long[] {batch, channels, height, width};
    }

    Path file(String kind) {
      return folder.resolve(model + "-" + batch + "-" + height + "-" + width + "." + kind);
    }

    StockRuntime.Job job(RunFolder run, String output) {
      return new StockRuntime.Job(
          run.export().resolve(model).toString(),
          file("input").toString(),
          Longs.asList(shape(3)),
          file(output).toString());
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("model.onnx", 1, SIZE, SIZE),
          new Case("model-static.onnx", 1, SIZE, SIZE),
          new Case("model.onnx", 2, SIZE, SIZE),
          new Case("model.onnx", 2, OTHER_HEIGHT, OTHER_WIDTH));

  private static final List<Case> OPENCV_CASES =
      List.of(
          new Case("model-static.onnx", 1, SIZE, SIZE),
          new Case("model-static.onnx", 2, SIZE, SIZE));

  @TempDir private static Path folder;

  private static List<MetricsRecord> metrics;
  private static List<StockRuntime.Result> results;
  private static List<List<Long>> openCvShapes;

  @BeforeAll
  static void trainExportAndRun() throws Exception {
    Path split = SmallTraining.writeData(folder.resolve("data"));
    TrainingConfiguration configuration = SmallTraining.configuration(split, SETTINGS);
    RunFolder run = SmallTraining.train(configuration, folder.resolve("run"));
    metrics = MetricsFile.read(run.metricsJson());
    ModelExport.write(configuration, run.latestCheckpoint(), run.export());
    List<Sample> samples = RunData.forEvaluation(configuration).test();
    for (Case c : Sets.union(Set.copyOf(CASES), Set.copyOf(OPENCV_CASES))) {
      List<RgbImage> images = images(c, samples);
      StockRuntime.writeFloats(c.file("expected"), evaluate(c, images, run));
      StockRuntime.writeFloats(c.file("input"), pixels(images));
    }
    results = StockRuntime.run(folder, CASES.stream().map(c -> c.job(run, "output")).toList());
    openCvShapes =
        OpenCv.run(folder, OPENCV_CASES.stream().map(c -> c.job(run, "opencv")).toList());
  }

  @Test
  void theComparisonRunsInARuntimeThatCannotTrain() {
    assertThat(results).hasSize(CASES.size()).noneMatch(StockRuntime.Result::trainingEnabled);
  }

  @Test
  void exportedModelsGiveTheTrainersProbabilities() {
    for (int i = 0; i < CASES.size(); i++) {
      assertSame(CASES.get(i), "output", results.get(i).shape());
    }
  }

  @Test
  void theStaticModelGivesThemInOpenCvToo() {
    for (int i = 0; i < OPENCV_CASES.size(); i++) {
      assertSame(OPENCV_CASES.get(i), "opencv", openCvShapes.get(i));
    }
  }

  private static void assertSame(Case c, String output, List<Long> shape) {
    float[] expected = StockRuntime.readFloats(c.file("expected"));
    float[] found = StockRuntime.readFloats(c.file(output));
    assertThat(shape).isEqualTo(Longs.asList(c.shape(2)));
    assertThat(found).hasSameSizeAs(expected);
    assertThat(Distances.largest(expected, found)).as("%s", c).isLessThanOrEqualTo(TOLERANCE);
    assertThat(range(expected)).as("%s: the probabilities vary", c).isGreaterThan(1e-2);
  }

  @Test
  void theMetadataReadBackEqual() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (MetricsRecord evaluation : metrics.subList(metrics.size() - 2, metrics.size())) {
      evaluation
          .values()
          .forEach((name, v) -> expected.put(evaluation.split() + "." + name, v.toString()));
    }
    for (StockRuntime.Result result : results) {
      ModelDescription description = ModelDescription.parse("model", result.metadata());
      assertThat(description.classes()).containsExactly("background", "gland");
      assertThat(description.tileSize()).isEqualTo(SIZE);
      assertThat(description.layoutMultiple()).isEqualTo(NetworkSpec.MULTIPLE);
      assertThat(description.preset()).isEqualTo(SmallTraining.PRESET);
      assertThat(description.threshold()).isEqualTo(0.5f);
      assertThat(description.width()).isEqualTo(WIDTH);
      assertThat(description.provenance())
          .containsEntry("epochs", "3 of 3")
          .containsEntry("seed", "1");
      assertThat(description.metrics()).isEqualTo(expected);
      assertThat(description.toMetadata()).isEqualTo(result.metadata());
    }
  }

  private static List<RgbImage> images(Case c, List<Sample> samples) throws Exception {
    List<RgbImage> images = new ArrayList<>();
    for (Sample sample : samples.subList(0, c.batch())) {
      images.add(Resize.bilinear(ImageFiles.readRgb(sample.image()), c.width(), c.height()));
    }
    return images;
  }

  /** Runs the trainer's evaluation model of this size on the checkpoint of a run. */
  private static float[] evaluate(Case c, List<RgbImage> images, RunFolder run) throws Exception {
    TrainingDesign design =
        new TrainingDesign(
            new NetworkSpec(WIDTH, c.batch(), c.height(), c.width()),
            1,
            0,
            new Optimizer.Sgd(0.9, 5e-5),
            false);
    Path models = Files.createDirectories(c.file("models"));
    ArtifactWriter.write(models, design, SemiMoeGraphs.training(design));
    int planes = 3 * c.height() * c.width();
    float[] normalized = new float[c.batch() * planes];
    for (int i = 0; i < c.batch(); i++) {
      NORMALIZATION.apply(images.get(i), normalized, i * planes);
    }
    try (TrainingSession session =
        TrainingSession.open(models, run.latestCheckpoint(), SessionSettings.cpu(2))) {
      return session
          .evalStep(Map.of(SemiMoeGraphs.IMAGE, Feed.floats(normalized, c.shape(3))))
          .floats(SemiMoeGraphs.PROBABILITIES);
    }
  }

  /** Returns images as the exported models take them: planes of red, green, blue, 0 to 255. */
  private static float[] pixels(List<RgbImage> images) {
    int pixels = images.get(0).width() * images.get(0).height();
    float[] planes = new float[images.size() * 3 * pixels];
    for (int n = 0; n < images.size(); n++) {
      byte[] rgb = images.get(n).rgb();
      for (int i = 0; i < rgb.length; i++) {
        planes[(3 * n + i % 3) * pixels + i / 3] = rgb[i] & 0xFF;
      }
    }
    return planes;
  }

  private static double range(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return (double) most - least;
  }
}
