package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.semimoe.cli.SemiMoe;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.run.MetricsFile;
import io.semimoe.training.run.MetricsRecord;
import io.semimoe.training.run.Provenance;
import io.semimoe.training.run.RunFolder;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run of the program from generated images to predictions, command by command. */
class EndToEndTest {
  private static final int INTERRUPTED = 130;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KILLED = 143;

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path run;

  @BeforeAll
  static void trainAndExport() {
    run = shared.resolve("a run");
    assertThat(train(run)).isEqualTo(new ProgramRun(0, run + System.lineSeparator(), ""));
    ProgramRun export =
        ProgramRun.of("export", run, "--author", "Ada Lovelace", "--license", "CC-BY-NC-4.0");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.out().lines())
        .hasSize(7)
        .startsWith(
            run.resolve("export/model.onnx").toString(),
            run.resolve("export/model-static.onnx").toString())
        .allSatisfy(file -> assertThat(Path.of(file)).isNotEmptyFile());
  }

  @Test
  void theRunFolderHasEveryDocumentedFile() throws Exception {
    for (String file :
        List.of(
            "config.yaml",
            "provenance.json",
            "train.log",
            "metrics.jsonl",
            "metrics.csv",
            "progress.png",
            "checkpoints/latest",
            "checkpoints/best",
            "export/model.onnx",
            "export/model-static.onnx",
            "export/test-input.npy",
            "export/test-output.npy",
            "export/qupath.groovy",
            "export/model-card.md",
            "export/rdf.yaml")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    assertThat(names(run)).filteredOn(n -> n.startsWith("events.out.tfevents.")).hasSize(1);
    assertThat(names(run)).filteredOn(name -> name.startsWith(".")).containsExactly(".lock");
    assertThat(names(run.resolve("checkpoints")))
        .containsExactlyInAnyOrder(
            "latest", "best", "training_model.onnx", "eval_model.onnx", "optimizer_model.onnx");
    assertThat(Files.readString(run.resolve("train.log")))
        .contains("epoch 1/3", "epoch 2/3", "epoch 3/3");
  }

  @Test
  void theMetricsHaveALineForEachEpochAndEvaluation() throws Exception {
    assertThat(metrics(run))
        .extracting(line -> line.kind() + " " + (line.epoch() + 1) + " " + line.split())
        .containsExactly(
            "EPOCH 1 ",
            "EPOCH 2 ",
            "EVALUATION 2 validation",
            "EVALUATION 2 test",
            "EPOCH 3 ",
            "EVALUATION 3 validation",
            "EVALUATION 3 test");
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(1 + SmallTraining.EPOCHS);
  }

  @Test
  void evaluatePrintsTheMetricsOfTheLastEvaluation() throws Exception {
    ProgramRun evaluate = ProgramRun.of("evaluate", run, "--checkpoint", "latest", "--json");

    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    JsonNode printed = JSON.readTree(evaluate.out()).get("metrics");
    List<MetricsRecord> lines = metrics(run);
    for (MetricsRecord line : lines.subList(lines.size() - 2, lines.size())) {
      Map<String, Double> metrics = numbers(printed.get(line.split()));
      assertThat(metrics.keySet()).isEqualTo(line.values().keySet());
      // Another form of the model: its numbers differ in rounding.
      metrics.forEach(
          (name, value) ->
              assertThat(value).as(name).isCloseTo(line.values().get(name), within(1e-3)));
    }
  }

  @Test
  void evaluateNamesTheMetricsForPeople() {
    ProgramRun evaluate = ProgramRun.of("evaluate", run);

    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(evaluate.out())
        .contains("validation", "test", "pooled Dice", "pooled separated object F1 @ original")
        .containsPattern("images +3\\R");
  }

  @Test
  void predictWritesThreePicturesAtEachImagesOwnSize() throws Exception {
    Map<String, ImageSize> images =
        Map.of("wide", new ImageSize(90, 64), "high", new ImageSize(67, 101));
    Path input = Files.createDirectories(folder.resolve("input"));
    for (Map.Entry<String, ImageSize> image : images.entrySet()) {
      ImageSize size = image.getValue();
      PngFiles.writeRgb(
          input.resolve(image.getKey() + ".png"),
          SyntheticGlands.generate(new SyntheticImageSettings(size.width(), size.height(), 5), 0)
              .image());
    }
    Path output = folder.resolve("predictions");

    ProgramRun predict = ProgramRun.of("predict", "-m", run, "-o", output, input);

    assertThat(predict.exitCode()).as(predict.err()).isZero();
    List<String> expected = new ArrayList<>();
    for (Map.Entry<String, ImageSize> image : images.entrySet()) {
      for (String kind : List.of("mask", "probability", "overlay")) {
        String name = image.getKey() + "_" + kind + ".png";
        expected.add(name);
        assertThat(ImageFiles.readSize(output.resolve(name))).as(name).isEqualTo(image.getValue());
      }
    }
    assertThat(names(output)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theModelCardTellsTheNumberOfImages() throws Exception {
    assertThat(Files.readString(run.resolve("export/model-card.md")))
        .contains("| images | 3 labelled, 6 unlabelled, 2 validation, 3 test |");
  }

  @Test
  void theExportNamesItsAuthorAndLicense() throws Exception {
    assertThat(run.resolve("export/model-card.md"))
        .content()
        .contains("Authors: Ada Lovelace. License: CC-BY-NC-4.0.");
    JsonNode rdf = new YAMLMapper().readTree(run.resolve("export/rdf.yaml").toFile());
    assertThat(rdf.at("/authors/0/name").textValue()).isEqualTo("Ada Lovelace");
    assertThat(rdf.get("license").textValue()).isEqualTo("CC-BY-NC-4.0");
  }

  @Test
  void inspectShowsTheMetadata() throws Exception {
    ProgramRun inspect = ProgramRun.of("inspect", run, "--json");

    assertThat(inspect.exitCode()).as(inspect.err()).isZero();
    JsonNode metadata = JSON.readTree(inspect.out()).get("metadata");
    assertThat(metadata.get("semimoe.classes").asText()).isEqualTo("background,gland");
    assertThat(metadata.get("semimoe.preset").asText()).isEqualTo(SmallTraining.PRESET);
    assertThat(metadata.get("semimoe.tile.size").asInt()).isEqualTo(SmallTraining.SIZE);
    assertThat(metadata.get("semimoe.width").asInt()).isEqualTo(4);
    assertThat(metadata.get("semimoe.layout.multiple").asInt()).isEqualTo(16);
    assertThat(ProgramRun.of("inspect", run).out()).contains("classes", "background, gland");
  }

  @Test
  void aRunIsNotTrainedOverUnlessAskedTo() throws Exception {
    Path other = folder.resolve("run");
    assertThat(train(other).exitCode()).isZero();
    Path relative = Path.of("").toAbsolutePath().relativize(other);
    assertThat(ProgramRun.of("export", relative).out().lines())
        .hasSize(7)
        .allMatch(line -> line.startsWith(relative + "/export/"));
    Path own = Files.writeString(other.resolve("notes.txt"), "mine");
    Path backup = Files.writeString(other.resolve("checkpoints/backup"), "mine");
    Map<String, ByteBuffer> before = FolderContents.of(other);

    ProgramRun refused = train(other);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(other.toString(), "not empty", "resume", "--overwrite");
    assertThat(FolderContents.of(other)).isEqualTo(before);

    ProgramRun overwritten = train(other, "--overwrite", "--set", "epochs=1");

    assertThat(overwritten.exitCode()).as(overwritten.err()).isZero();
    assertThat(metrics(other)).filteredOn(m -> m.kind() == MetricsRecord.Kind.EPOCH).hasSize(1);
    assertThat(Files.readString(other.resolve("train.log"))).doesNotContain("epoch 2");
    assertThat(names(other.resolve("export"))).isEmpty();
    assertThat(own).hasContent("mine");
    assertThat(backup).hasContent("mine");
  }

  @Test
  void provenanceTellsWhenTheRunWasWorkedOn() throws Exception {
    Path resumed = folder.resolve("run");
    assertThat(train(resumed, "--set", "epochs=1").exitCode()).isZero();
    assertThat(sessions(resumed)).hasSize(1).allMatch(s -> s.ended().isPresent());

    assertThat(ProgramRun.of("resume", resumed).exitCode()).isZero();

    assertThat(sessions(resumed)).hasSize(2).allMatch(s -> s.ended().isPresent());
  }

  @Test
  void goingOnWithOtherDataOrAnotherVersionIsSaidInTheLog() throws Exception {
    Path resumed = folder.resolve("run");
    assertThat(train(resumed, "--set", "epochs=1").exitCode()).isZero();
    assertThat(ProgramRun.of("resume", resumed).exitCode()).isZero();
    assertThat(resumed.resolve("train.log"))
        .content()
        .doesNotContain("The data are not those", "The run was begun by", "config.yaml");
    Path image;
    try (Stream<Path> files = Files.walk(resumed.resolve("data"))) {
      image = files.filter(file -> file.toString().endsWith(".png")).findFirst().orElseThrow();
    }

    // Readers of PNG stop at its end.
    Files.write(image, new byte[] {0}, StandardOpenOption.APPEND);
    ObjectNode provenance = (ObjectNode) JSON.readTree(resumed.resolve("provenance.json").toFile());
    provenance.put("version", "0.0.1");
    JSON.writeValue(resumed.resolve("provenance.json").toFile(), provenance);
    assertThat(ProgramRun.of("resume", resumed).exitCode()).isZero();

    assertThat(resumed.resolve("train.log"))
        .content()
        .contains("The data are not those", "The run was begun by semi-moe 0.0.1 and goes on");
  }

  @Test
  void goingOnWithOtherSettingsIsSaidInTheLog() throws Exception {
    Path resumed = folder.resolve("run");
    assertThat(train(resumed, "--set", "epochs=1").exitCode()).isZero();
    Path configuration = resumed.resolve("config.yaml");
    String text = Files.readString(configuration);

    Files.writeString(configuration, text.replace("\nepochs: 1\n", "\nepochs: 2\n"));
    assertThat(ProgramRun.of("resume", resumed).exitCode()).isZero();

    assertThat(resumed.resolve("train.log"))
        .content()
        .contains("epoch 2/2", "config.yaml is not the one that the run was begun with")
        .doesNotContain("The data are not those");
  }

  private static List<Provenance.Session> sessions(Path run) throws Exception {
    return RunFolder.open(run).readProvenance().sessions();
  }

  @Test
  void aFinishedRunHasNothingToResume() throws Exception {
    Path log = run.resolve("metrics.jsonl");
    String before = Files.readString(log);

    ProgramRun resume = ProgramRun.of("resume", run);

    assertThat(resume).isEqualTo(new ProgramRun(0, run + "\n", "All 3 epochs are done already.\n"));
    assertThat(log).hasContent(before);
  }

  @Test
  void aKilledTrainingWritesACheckpointAndTellsHowToGoOn() throws Exception {
    Path killed = folder.resolve("run");
    List<Object> arguments = SmallTraining.command(killed, SmallTraining.GENERATED);
    arguments.addAll(List.of("--set", "epochs=100000", "--seed", "11", "-v"));
    ChildJvm child =
        ChildJvm.start(
            folder,
            List.of(
                "-Dsemimoe.natives.dir=" + System.getProperty("semimoe.natives.dir", ""),
                "-Dsemimoe.command=./semi-moe"),
            SemiMoe.class,
            arguments.toArray());
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (child.isRunning() && metricsOrNone(killed).isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    boolean trained = !metricsOrNone(killed).isEmpty();

    child.terminate();

    ProgramRun ended = child.await();
    assertThat(trained).as("an epoch in 5 minutes: %s", ended.err()).isTrue();
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(INTERRUPTED);
    assertThat(ended.err()).contains("Go on with: ./semi-moe resume " + killed);
    assertThat(killed.resolve("config.yaml")).content().contains("\nseed: 11\n");
    assertThat(killed.resolve("train.log")).content().contains("DEBUG TrainingJob Logging to");
    assertThat(ProgramRun.of("evaluate", killed, "--checkpoint", "latest").exitCode()).isZero();
  }

  @Test
  void aTrainingThatIsKilledWhileItsImagesAreGeneratedCanBeReplaced() throws Exception {
    Path killed = folder.resolve("run");
    List<Object> arguments = SmallTraining.command(killed, SmallTraining.GENERATED);
    arguments.addAll(List.of("--set", "data.synthetic.unlabelled=1000000"));
    ChildJvm child =
        ChildJvm.start(
            folder,
            List.of("-Dsemimoe.natives.dir=" + System.getProperty("semimoe.natives.dir", "")),
            SemiMoe.class,
            arguments.toArray());
    Path image = killed.resolve(".data.unfinished/train_1.png");
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (child.isRunning() && !Files.exists(image) && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }

    child.terminate();

    ProgramRun ended = child.await();
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(KILLED);
    assertThat(image).exists();
    ProgramRun replaced = train(killed, "--overwrite", "--set", "epochs=1");
    assertThat(replaced.exitCode()).as(replaced.err()).isZero();
    assertThat(names(killed)).contains("data").doesNotContain(".data.unfinished");
  }

  private static ProgramRun train(Path output, Object... further) {
    return ProgramRun.of(SmallTraining.command(output, SmallTraining.GENERATED), further);
  }

  private static List<MetricsRecord> metrics(Path folder) throws Exception {
    return MetricsFile.read(RunFolder.open(folder).metricsJson());
  }

  private static List<MetricsRecord> metricsOrNone(Path folder) throws Exception {
    return MetricsFile.read(folder.resolve("metrics.jsonl"));
  }

  private static Map<String, Double> numbers(JsonNode object) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    object
        .properties()
        .forEach(e -> numbers.put(e.getKey(), Double.parseDouble(e.getValue().asText())));
    return numbers;
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
