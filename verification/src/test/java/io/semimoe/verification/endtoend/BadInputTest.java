package io.semimoe.verification.endtoend;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.cli.SemiMoe;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.run.RunLock;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input is refused before any training: with the documented exit code, a message that says what
 * was expected, what was found, where, and what to do, and without a trace on the disk.
 */
class BadInputTest {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final int NATIVE = 5;

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path goodData;
  private static Path finishedRun;
  private static Map<String, ByteBuffer> finishedContents;
  private Path data;
  private Path split;
  private Path run;

  @BeforeAll
  static void trainOnce() throws Exception {
    finishedRun = shared.resolve("run");
    goodData = shared.resolve("data");
    Path split = SmallTraining.writeData(goodData);
    ProgramRun train =
        ProgramRun.of(command(finishedRun, SmallTraining.on(split)), "--set", "epochs=1");
    assertThat(train.exitCode()).as(train.err()).isZero();
    finishedContents = FolderContents.of(finishedRun);
  }

  @BeforeEach
  void copyData() throws Exception {
    data = Files.createDirectories(folder.resolve("data"));
    split = data.resolve("split.csv");
    for (Map.Entry<String, ByteBuffer> file : FolderContents.of(goodData).entrySet()) {
      Files.write(data.resolve(file.getKey()), file.getValue().array());
    }
    run = folder.resolve("run");
  }

  @Test
  void aMissingImage() throws Exception {
    Files.delete(data.resolve("testA_1.png"));
    Files.delete(data.resolve("testA_1_anno.png"));

    refused(train(), DATA, "split.csv: line", "expected an image of " + data, "found 'testA_1'");
  }

  @Test
  void anImageThatIsNone() throws Exception {
    Path image = data.resolve("train_5.png");
    Files.writeString(image, "no picture at all");

    refused(train(), DATA, image.toString(), "expected", "found");
  }

  @Test
  void anImageThatIsCutShort() throws Exception {
    Path image = data.resolve("train_1.png");
    byte[] whole = Files.readAllBytes(image);
    Files.write(image, Arrays.copyOf(whole, whole.length / 2));

    refused(train(), DATA, image.toString(), "expected", "found");
  }

  @Test
  void aMaskThatIsNone() throws Exception {
    Path mask = data.resolve("testA_1_anno.png");
    Files.write(mask, new byte[0]);

    refused(train(), DATA, mask.toString(), "expected", "found");
  }

  @Test
  void aMaskOfAnotherSize() throws Exception {
    Path mask = data.resolve("train_2_anno.png");
    PngFiles.writeLabels(mask, new LabelMap(80, 72, new int[80 * 72]));

    refused(
        train(),
        DATA,
        mask.toString(),
        "expected 64×64 pixels as in " + data.resolve("train_2.png"),
        "found 80×72",
        "replace the mask or the image");
  }

  @Test
  void aLabelledImageWithoutMask() throws Exception {
    Files.delete(data.resolve("train_3_anno.png"));

    refused(train(), DATA, data.resolve("train_3.png").toString(), "mask", "expected", "found");
  }

  @Test
  void aMaskWithoutImage() throws Exception {
    Path image = data.resolve("train_2.png");
    Files.delete(image);

    refused(
        train(), DATA, data.resolve("train_2_anno.png").toString(), "image", "expected", "found");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws Exception {
    Files.delete(data.resolve("train_2.png"));
    Files.writeString(data.resolve("split.csv"), "nobody,test\nsomebody,chair\n", APPEND);

    refused(train(), DATA, "split.csv: line 17", "chair");

    Files.writeString(split, Files.readString(split).replace("somebody,chair\n", ""));
    refused(train(), DATA, "train_2_anno.png", "nobody");
  }

  @Test
  void aSplitThatNamesAnUnknownImage() throws Exception {
    Files.writeString(split, "train_99,test\n", APPEND);

    refused(
        train(),
        DATA,
        split + ": line 16",
        "expected an image of " + data,
        "'train_99'",
        "nearest");
  }

  @Test
  void aMissingSplit() throws Exception {
    Files.delete(split);

    refused(train(), DATA, split.toString(), "not found", "expected a CSV file", "name,role");
  }

  @Test
  void aMissingDataFolder() {
    data = folder.resolve("nowhere");
    split = data.resolve("split.csv");

    refused(train(), DATA, data.toString(), "not found", "expected");
  }

  @Test
  void anEmptyLabelledSet() throws Exception {
    Files.writeString(split, Files.readString(split).replace(",labeled", ",unlabeled"));

    refused(train(), DATA, split.toString(), "no labelled images", "expects at least 1", "found 0");
  }

  @Test
  void anEmptyLabelledSetOfASupervisedTraining() throws Exception {
    Files.writeString(split, Files.readString(split).replace(",labeled", ",unlabeled"));

    refused(
        train("--set", "supervisedOnly=true"),
        DATA,
        split.toString(),
        "no labelled images",
        "expects at least 1",
        "found 0");
  }

  @Test
  void aSizeThatIsNoMultipleOfSixteen() {
    refused(
        train("--set", "network.size=40"),
        USAGE,
        "--set network.size=40: network.size: expected a multiple of 16",
        "found 40");
  }

  @Test
  void anUnknownKeyOnTheCommandLine() {
    refused(
        train("--set", "network.depth=3"),
        USAGE,
        "--set network.depth=3: unknown key network.depth",
        "width, size, dropout");
  }

  @Test
  void anUnknownKeyInAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("my.yaml"), "epoch: 3\n");

    refused(train("--config", file), USAGE, file + ": unknown key epoch", "epochs");
  }

  @Test
  void aRunFolderBelowAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    run = file.resolve("run");

    refused(train(), DATA, run.toString(), "folder of a run", "choose a folder");
    assertThat(file).hasContent("content");
  }

  @Test
  void aRunFolderThatIsAFile() throws Exception {
    run = Files.writeString(folder.resolve("file"), "content");

    ProgramRun train = train();

    assertThat(train.exitCode()).isEqualTo(DATA);
    assertThat(train.err()).contains(run.toString(), "expected a folder", "found a file", "choose");
    assertThat(run).hasContent("content");
  }

  @Test
  void aRunFolderThatCannotBeMade() {
    run = Path.of("/dev/null/run");

    refused(train(), DATA, run.toString(), "folder of a run", "choose a folder");
  }

  @Test
  void aFolderOfSomethingElseIsNotOverwritten() throws Exception {
    Files.createDirectories(run);
    Path thesis = Files.writeString(run.resolve("metrics.csv"), "years of work");

    ProgramRun train = train("--overwrite");

    assertThat(train.exitCode()).isEqualTo(DATA);
    assertThat(train.err()).contains(run.toString(), "will not be overwritten", "choose another");
    assertThat(thesis).hasContent("years of work");
  }

  @Test
  void anExistingRunIsKeptWithoutOverwrite() throws Exception {
    run = finishedRun;

    keepsTheRun(train(), USAGE, run.toString(), "not empty", "resume", "--overwrite");
  }

  @Test
  void aRunThatIsBeingTrainedIsNeitherResumedNorOverwritten() throws Exception {
    run = finishedRun;
    RunLock lock = RunFolder.open(run).lock();
    try (lock) {
      for (ProgramRun second : List.of(ProgramRun.of("resume", run), train("--overwrite"))) {
        keepsTheRun(second, DATA, run.toString(), "a training that is under way");
      }
    }
  }

  @Test
  void badDataDoNotCostAnExistingRun() throws Exception {
    run = finishedRun;
    Files.writeString(data.resolve("train_1.png"), "no picture");

    keepsTheRun(train("--overwrite"), DATA, "train_1.png");
  }

  @Test
  void aMissingDeviceDoesNotCostAnExistingRun() throws Exception {
    run = finishedRun;

    keepsTheRun(train("--overwrite", "--device", "cuda:99"), NATIVE, "CUDA device 99", "CPU");
  }

  @Test
  void aRunThatIsToGoOnWhereThereIsNoDevice() throws Exception {
    for (String command : List.of("resume", "evaluate")) {
      keepsTheRun(
          ProgramRun.of(command, finishedRun, "--device", "cuda:99"), NATIVE, "CUDA device 99");
      keepsTheRun(
          ProgramRun.of(command, finishedRun, "--device", "gpu"),
          USAGE,
          "expected auto, cpu, cuda or cuda:n, found gpu");
    }
  }

  @Test
  void aCheckpointThatIsDamagedOrOfAnotherNetwork() throws Exception {
    RunFolder copy = copyOfTheRun();
    Path latest = copy.latestCheckpoint();
    byte[] whole = Files.readAllBytes(latest);
    for (String command : List.of("evaluate", "export")) {
      Files.write(latest, Arrays.copyOf(whole, whole.length / 2));
      refusedCheckpoint(command, "damaged or cut short");
      Files.writeString(latest, "no checkpoint");
      refusedCheckpoint(command, "expected a checkpoint of ONNX Runtime Training");
    }
    Files.write(latest, whole);
    changeConfiguration(copy, "width: 8");
    for (String command : List.of("evaluate", "export")) {
      refusedCheckpoint(command, "is of another network than the configuration", "expected");
    }
  }

  @Test
  void aRunWhoseLatestCheckpointIsDamagedOrMissing() throws Exception {
    RunFolder copy = copyOfTheRun();
    Path latest = copy.latestCheckpoint();
    Path best = copy.bestCheckpoint();
    byte[] whole = Files.readAllBytes(latest);
    for (int bytes : new int[] {1000, whole.length / 2}) {
      Files.write(latest, Arrays.copyOf(whole, bytes));
      notResumed(latest + ": is damaged or cut short; copy " + best + " there to go on");
    }
    Files.delete(latest);
    notResumed(latest + ": expected a checkpoint", "found none; copy " + best + " there to go on");
    Files.copy(best, latest);
    assertThat(ProgramRun.of("resume", run).exitCode()).isZero();

    Files.delete(latest);
    Files.delete(best);
    notResumed("found none; start again with --overwrite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"training_model.onnx", "eval_model.onnx"})
  void aRunOneOfWhoseModelsIsDamaged(String name) throws Exception {
    Path file = copyOfTheRun().checkpoints().resolve(name);
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getGraphBuilder().removeNode(0);
    Files.write(file, model.build().toByteArray());

    notResumed(file + ": is not the model that the configuration of the run makes", "damaged");
  }

  private void notResumed(String... message) {
    ProgramRun refused = ProgramRun.of("resume", run);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(DATA);
    assertThat(refused.err()).contains(message).doesNotContain("Exception");
  }

  private void refusedCheckpoint(String command, String... message) {
    ProgramRun refused = ProgramRun.of(command, run, "--checkpoint", "latest");
    assertThat(refused.exitCode()).as(command + refused.err()).isEqualTo(DATA);
    assertThat(refused.err())
        .contains("checkpoints/latest: ")
        .contains(message)
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dropout: 0.0", "batchSize: 3"})
  void aRunWhoseConfigurationWasChanged(String change) throws Exception {
    changeConfiguration(copyOfTheRun(), change);
    ProgramRun refused = ProgramRun.of("resume", run);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(DATA);
    assertThat(refused.err())
        .contains("training_model.onnx: expected a model with the inputs", "config.yaml changed")
        .doesNotContain("Exception");
  }

  @Test
  void aRunWhoseEvaluationGivesNoDistances() throws Exception {
    Path file = copyOfTheRun().checkpoints().resolve("eval_model.onnx");
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    List<ValueInfoProto> outputs = model.getGraph().getOutputList();
    model.getGraphBuilder().clearOutput();
    outputs.stream()
        .filter(output -> !output.getName().equals("distance"))
        .forEach(model.getGraphBuilder()::addOutput);
    Files.write(file, model.build().toByteArray());

    ProgramRun refused = ProgramRun.of("resume", run);

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(DATA);
    assertThat(refused.err())
        .contains("eval_model.onnx: expected a model with the outputs", "another version")
        .doesNotContain("Exception");
  }

  private static void changeConfiguration(RunFolder folder, String change) throws Exception {
    String configuration = Files.readString(folder.configuration());
    String key = change.substring(0, change.indexOf(':'));
    String changed = configuration.replaceFirst(key + ": [0-9.]+", change);
    assertThat(changed).isNotEqualTo(configuration);
    Files.writeString(folder.configuration(), changed);
  }

  private RunFolder copyOfTheRun() throws Exception {
    try (Stream<Path> files = Files.walk(finishedRun)) {
      for (Path file : files.toList()) {
        Files.copy(file, run.resolve(finishedRun.relativize(file).toString()));
      }
    }
    return RunFolder.open(run);
  }

  @Test
  void generatedImagesThatAreInTheWayDoNotCostAnExistingRun() throws Exception {
    run = finishedRun;

    keepsTheRun(
        train("--overwrite", "--set", "data.layout=synthetic"), DATA, data.toString(), "expected");
  }

  @Test
  void aPlatformWithoutNatives() throws Exception {
    List<Object> arguments = command(run, SmallTraining.on(split));

    ProgramRun train =
        ChildJvm.start(folder, List.of("-Dos.arch=riscv64"), SemiMoe.class, arguments.toArray())
            .await();

    refused(train, NATIVE, "expected Linux on x86-64 or arm64", "found", "riscv64", "train on");
  }

  @Test
  void aRunThatIsNone() {
    for (String command : List.of("resume", "evaluate", "export")) {
      ProgramRun refused = ProgramRun.of(command, folder.resolve("nowhere"));

      assertThat(refused.exitCode()).as(command).isEqualTo(DATA);
      assertThat(refused.err()).contains("nowhere", "expected the folder of an earlier run");
    }
  }

  private ProgramRun train(Object... further) {
    return ProgramRun.of(command(run, SmallTraining.on(split)), further);
  }

  private static List<Object> command(Path run, List<String> source) {
    List<Object> command = new ArrayList<>(List.of("train", "-o", run));
    command.addAll(
        SmallTraining.options(
            Stream.concat(SmallTraining.SETTINGS.stream(), source.stream()).toList()));
    return command;
  }

  /** Checks that a training was refused and left no run folder. */
  private void refused(ProgramRun train, int exitCode, String... message) {
    assertThat(train.exitCode()).as(train.err()).isEqualTo(exitCode);
    assertThat(train.err()).contains(message).doesNotContain("Exception");
    assertThat(train.out()).isEmpty();
    assertThat(Files.exists(run)).as("the run folder was made").isFalse();
  }

  private void keepsTheRun(ProgramRun train, int exitCode, String... message) throws Exception {
    assertThat(train.exitCode()).as(train.err()).isEqualTo(exitCode);
    assertThat(train.err()).contains(message).doesNotContain("Exception");
    assertThat(FolderContents.of(finishedRun)).isEqualTo(finishedContents);
  }
}
