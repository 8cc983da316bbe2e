package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.hash.Hashing;
import io.semimoe.inference.ModelDescription;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.evaluation.MetricNames;
import io.semimoe.training.export.Credits;
import io.semimoe.training.export.ExportFolder;
import io.semimoe.training.export.OnnxSummary;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.EvaluationReport;
import io.semimoe.training.report.IterationReport;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.MetricsFile;
import io.semimoe.training.run.MetricsRecord;
import io.semimoe.training.run.RunFolder;
import io.semimoe.verification.Distances;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the export folder of a small training to what the tools that open it rely on. */
class ExportFolderTest {
  private static final double TOLERANCE = 1e-4;
  private static final List<Long> SHAPE = shape(3, SmallTraining.SIZE);

  @TempDir private static Path folder;

  private static Path split;
  private static RunFolder run;
  private static List<Path> written;

  @BeforeAll
  static void trainAndExport() throws Exception {
    split = SmallTraining.writeData(folder.resolve("data"));
    run = train(List.of(), "run");
    written = ExportFolder.write(run, run.latestCheckpoint(), Credits.NONE);
  }

  @Test
  void holdsTheSevenFilesAndNothingElse() {
    assertThat(written).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    assertThat(run.export().toFile().list())
        .containsExactlyInAnyOrder(
            "model.onnx",
            "model-static.onnx",
            "test-input.npy",
            "test-output.npy",
            "qupath.groovy",
            "model-card.md",
            "rdf.yaml");
  }

  @Test
  void exportingAgainReplacesTheFiles() throws Exception {
    byte[] input = Files.readAllBytes(run.export().resolve("test-input.npy"));
    Files.writeString(run.export().resolve("test-input.npy"), "broken");

    ExportFolder.write(run, run.latestCheckpoint(), Credits.NONE);

    assertThat(run.export().resolve("test-input.npy")).hasBinaryContent(input);
    holdsTheSevenFilesAndNothingElse();
  }

  @Test
  void theStaticModelTurnsTheTestInputIntoTheTestOutput() throws Exception {
    Path input = raw("test-input.npy");
    float[] expected = StockRuntime.readFloats(raw("test-output.npy"));
    String model = run.export().resolve("model-static.onnx").toString();
    Path stock = folder.resolve("stock.output");
    Path openCv = folder.resolve("opencv.output");

    List<StockRuntime.Result> results =
        StockRuntime.run(
            folder,
            List.of(new StockRuntime.Job(model, input.toString(), SHAPE, stock.toString())));
    OpenCv.run(
        folder, List.of(new StockRuntime.Job(model, input.toString(), SHAPE, openCv.toString())));

    assertThat(results.get(0).trainingEnabled()).isFalse();
    assertThat(results.get(0).shape()).isEqualTo(shape(2, SmallTraining.SIZE));
    assertSame(StockRuntime.readFloats(stock), expected);
    assertSame(StockRuntime.readFloats(openCv), expected);
  }

  @Test
  void theTestInputIsAnImageOfManyValues() throws Exception {
    float[] input = StockRuntime.readFloats(raw("test-input.npy"));

    assertThat(input).hasSize(3 * SmallTraining.SIZE * SmallTraining.SIZE);
    for (float value : input) {
      assertThat(value).isBetween(0f, 255f);
    }
    Arrays.sort(input);
    assertThat(input[input.length - 1] - input[0]).isGreaterThan(50);
  }

  @Test
  void theDescriptionHasTheHashesOfTheFilesAndTheOperatorSetOfTheModel() throws Exception {
    JsonNode rdf = rdf(run);

    List<JsonNode> sources = rdf.findParents("source");
    assertThat(sources).hasSize(5);
    for (JsonNode source : sources) {
      Path file = run.export().resolve(source.get("source").textValue());
      assertThat(source.get("sha256").textValue())
          .as("%s", file)
          .isEqualTo(Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString());
    }
    assertThat(rdf.at("/weights/onnx/opset_version").longValue())
        .isEqualTo(OnnxSummary.read(run.export().resolve("model-static.onnx")).opset());
    assertThat(rdf.at("/inputs/0/axes/3/size").intValue()).isEqualTo(SmallTraining.SIZE);
  }

  @Test
  void theCardHasTheMetricsOfTheLastEvaluation() throws Exception {
    List<MetricsRecord> lines = MetricsFile.read(run.metricsJson());
    MetricsRecord test = lines.get(lines.size() - 1);
    String card = Files.readString(run.export().resolve("model-card.md"));

    assertThat(test.split()).isEqualTo("test");
    assertThat(test.values()).isNotEmpty();
    test.values()
        .forEach(
            (name, value) ->
                assertThat(card)
                    .containsPattern(
                        "(?m)^\\| \\Q"
                            + MetricNames.label(name)
                            + "\\E \\| [^|]* \\| \\Q"
                            + MetricNames.number(name, value)
                            + "\\E \\|$"));
  }

  @Test
  void theCardOfWeightsThatChangedSinceTheirEvaluationHasNoMetrics() throws Exception {
    TrainingConfiguration configuration = SmallTraining.configuration(split, List.of());
    RunFolder stopped = RunFolder.create(folder.resolve("stopped"), false);
    AtomicBoolean evaluated = new AtomicBoolean();
    AtomicBoolean interrupted = new AtomicBoolean();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void evaluated(EvaluationReport report) {
            evaluated.set(true);
          }

          @Override
          public void iterationDone(IterationReport report) {
            interrupted.set(evaluated.get());
          }
        };
    try (SemiSupervisedTraining training =
        SmallTraining.start(configuration, stopped, List.of(listener))) {
      assertThat(training.run(interrupted::get)).isTrue();
    }

    SmallTraining.describe(stopped, configuration);
    ExportFolder.write(stopped, stopped.latestCheckpoint(), Credits.NONE);

    assertThat(stopped.export().resolve("model-card.md"))
        .content()
        .contains("Unknown: the training did not evaluate this checkpoint.");
    assertThat(description(stopped).metrics()).isEmpty();
  }

  @Test
  void withoutTestImagesNoneOfThemChoseTheCheckpoint() throws Exception {
    Path untested =
        Files.write(
            folder.resolve("untested.csv"),
            Files.readAllLines(split).stream().filter(line -> !line.endsWith(",test")).toList());
    RunFolder other =
        train(
            List.of(
                "epochs=1",
                "evaluation.selection=test-optimistic",
                "data.split='" + untested + "'"),
            "untested");
    ExportFolder.write(other, other.bestCheckpoint(), Credits.NONE);

    assertThat(description(other).provenance()).containsEntry("selection", "last");
    assertThat(other.export().resolve("model-card.md"))
        .content()
        .contains("No metric chose the checkpoint.")
        .doesNotContain("chosen on the test images");
  }

  @Test
  void aModelOfResizedImagesClaimsNoPixelSize() throws Exception {
    ModelDescription description = description(run);

    assertThat(description.micronsPerPixel()).isEmpty();
    assertThat(description.prediction()).isEqualTo(ModelDescription.Prediction.RESIZE);
  }

  @Test
  void aModelOfImagesCutToTheTrainingSizeHasThePixelSizeThatTheUserNames() throws Exception {
    // The images have 64×64 pixels.
    RunFolder other =
        train(List.of("network.size=64", "epochs=1", "data.micronsPerPixel=0.5"), "cut");
    ExportFolder.write(other, other.latestCheckpoint(), Credits.NONE);

    ModelDescription description = description(other);
    assertThat(description.micronsPerPixel()).hasValue(0.5);
    assertThat(description.prediction()).isEqualTo(ModelDescription.Prediction.TILES);
    assertThat(rdf(other).at("/inputs/0/axes/2/scale").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void aPixelSizeForImagesThatWouldBeResizedIsRefused() throws Exception {
    TrainingConfiguration configuration =
        SmallTraining.configuration(split, List.of("data.micronsPerPixel=0.5"));

    assertThat(RunData.check(configuration, RunData.forTraining(configuration)).errors())
        .isNotEmpty()
        .allSatisfy(
            error ->
                assertThat(error)
                    .contains("expected an image of 32×32 pixels")
                    .contains("found 64×64"));
  }

  private static RunFolder train(List<String> settings, String name) throws Exception {
    TrainingConfiguration configuration = SmallTraining.configuration(split, settings);
    RunFolder trained = SmallTraining.train(configuration, folder.resolve(name));
    SmallTraining.describe(trained, configuration);
    return trained;
  }

  private static ModelDescription description(RunFolder of) throws Exception {
    Path model = of.export().resolve("model.onnx");
    return ModelDescription.parse(model.toString(), OnnxSummary.read(model).metadata());
  }

  private static JsonNode rdf(RunFolder of) throws IOException {
    return new YAMLMapper().readTree(of.export().resolve("rdf.yaml").toFile());
  }

  /** Copies the values of an .npy file, without its header, into a file of their own. */
  private static Path raw(String name) throws IOException {
    byte[] npy = Files.readAllBytes(run.export().resolve(name));
    int start = 10 + ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    return Files.write(folder.resolve(name + ".raw"), Arrays.copyOfRange(npy, start, npy.length));
  }

  private static void assertSame(float[] found, float[] expected) {
    assertThat(Distances.largest(found, expected)).isLessThanOrEqualTo(TOLERANCE);
  }

  private static List<Long> shape(long channels, long size) {
    return List.of(1L, channels, size, size);
  }
}
