package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run whose files are damaged, missing or changed is refused with the documented exit code and a
 * message that names the file and says how to go on.
 */
class BadRunTest {
  private static final int DATA = 3;

  @TempDir static Path shared;
  private static Path finishedRun;

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void nameTheCopy() {
    run = folder.resolve("run");
  }

  @BeforeAll
  static void trainOnce() throws Exception {
    finishedRun = shared.resolve("run");
    Path split = SmallTraining.writeData(shared.resolve("data"));
    ProgramRun train =
        ProgramRun.of(
            SmallTraining.command(finishedRun, SmallTraining.on(split)), "--set", "epochs=1");
    assertThat(train.exitCode()).as(train.err()).isZero();
  }

  @Test
  void aRunThatIsNone() {
    for (String command : List.of("resume", "evaluate", "export")) {
      ProgramRun refused = ProgramRun.of(command, folder.resolve("nowhere"));

      assertThat(refused.exitCode()).as(command).isEqualTo(DATA);
      assertThat(refused.err()).contains("nowhere", "expected the folder of an earlier run");
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

  @ParameterizedTest
  @ValueSource(strings = {"dropout: 0.0", "batchSize: 3"})
  void aRunWhoseConfigurationWasChanged(String change) throws Exception {
    changeConfiguration(copyOfTheRun(), change);

    notResumed("training_model.onnx: expected a model with the inputs", "config.yaml changed");
  }

  @ParameterizedTest
  @CsvSource({
    "momentum: 0.9, momentum: 0.5, 'Sgd[momentum=0.5, weightDecay='",
    "kind: sgd, kind: adamw, 'AdamW[beta1=0.9, '"
  })
  void aRunWhoseOptimizerWasChanged(String from, String to, String expected) throws Exception {
    Path configuration = copyOfTheRun().configuration();
    String text = Files.readString(configuration);
    assertThat(text).containsOnlyOnce(from);
    Files.writeString(configuration, text.replace(from, to));

    notResumed(
        "optimizer_model.onnx: expected the optimizer " + expected,
        "config.yaml changed, or was the run begun by another version");
  }

  @Test
  void aRunThatCannotBeWrittenIsEvaluatedAllTheSame() throws Exception {
    Path export = copyOfTheRun().export();
    Files.delete(export);
    Files.createFile(export);

    notResumed("run: cannot be used as the folder of a run", "choose a folder that can be written");
    assertThat(ProgramRun.of("export", run).exitCode()).isEqualTo(DATA);
    ProgramRun evaluate = ProgramRun.of("evaluate", run);
    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
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

    notResumed("eval_model.onnx: expected a model with the outputs", "another version");
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
}
