package io.semimoe.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.DataException;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSessionTest {
  private static final SessionSettings SETTINGS = SessionSettings.cpu(1);
  private static final float[] X = {1, 2, 3, 4};
  private static final float[] TARGET = {2, 4, 6, 8};
  private static final Offset<Float> TOLERANCE = within(1e-6f);

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    folder = temporary.resolve("modèle with spaces");
    LineModel.write(folder, 1);
  }

  @Test
  void stepsGiveTheNumbersOfThePencil() throws DataException {
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      session.setLearningRate(0.01f);
      StepOutputs first = session.trainStep(inputs(true));
      // w = 1: differences -1, -2, -3, -4; gradient 2 · (-30 / 4) = -15.
      assertThat(first.floats("loss")).containsExactly(new float[] {7.5f}, TOLERANCE);
      assertThat(first.floats("y")).containsExactly(1, 2, 3, 4);
      session.optimizerStep();
      session.lazyResetGrad();

      // w = 1.15: loss 0.85² · 7.5; gradient -12.75.
      assertThat(session.trainStep(inputs(true)).floats("loss"))
          .containsExactly(new float[] {5.41875f}, TOLERANCE);
      session.optimizerStep();
      assertThat(weight(session)).isEqualTo(1.2775f, TOLERANCE);
    }
  }

  @Test
  void gradientsOfTwoPassesAddUpUntilTheyAreReset() throws DataException {
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      session.setLearningRate(0.01f);
      session.trainStep(inputs(true));
      session.trainStep(inputs(false));
      session.optimizerStep();
      // The second pass has target 0 and gradient +15: together nothing moves.
      assertThat(weight(session)).isEqualTo(1f, TOLERANCE);

      session.lazyResetGrad();
      session.trainStep(inputs(false));
      session.optimizerStep();
      assertThat(weight(session)).isEqualTo(0.85f, TOLERANCE);
    }
  }

  @Test
  void inputsAreBoundByNameWhateverTheOrderOfTheMap() throws DataException {
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      assertThat(session.trainInputs().stream().map(InputSpec::name))
          .containsExactly("x", "target", "use_target");
      Map<String, Feed> alphabetical = new TreeMap<>(inputs(true));
      assertThat(alphabetical.keySet()).containsExactly("target", "use_target", "x");
      StepOutputs outputs = session.trainStep(alphabetical);
      assertThat(outputs.floats("y")).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void aSavedCheckpointContinuesExactlyWhereItWasSaved() throws DataException, IOException {
    Path saved = temporary.resolve("saved");
    float uninterrupted;
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      iterate(session, 3);
      session.putText("seed", "12345678901");
      session.saveCheckpoint(saved, true);
      iterate(session, 2);
      uninterrupted = weight(session);
    }
    assertThat(CheckpointFile.read(saved).texts()).isEqualTo(Map.of("seed", "12345678901"));
    try (TrainingSession session = TrainingSession.open(folder, saved, SETTINGS)) {
      assertThat(session.text("seed")).isEqualTo("12345678901");
      iterate(session, 2);
      assertThat(weight(session)).isEqualTo(uninterrupted);
    }
  }

  @Test
  void savingReplacesTheFileAndLeavesNothingElse() throws DataException, IOException {
    Path checkpoint = LineModel.checkpoint(folder);
    byte[] before = Files.readAllBytes(checkpoint);
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      iterate(session, 1);
      session.saveCheckpoint(checkpoint, true);
    }
    assertThat(Files.readAllBytes(checkpoint)).isNotEqualTo(before);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "training_model.onnx", "eval_model.onnx", "optimizer_model.onnx", "checkpoint");
    }
  }

  @Test
  void savingIntoAMissingFolderFailsWithWhatTheSystemSays() throws DataException {
    Path nowhere = temporary.resolve("missing").resolve("checkpoint");
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      assertThatThrownBy(() -> session.saveCheckpoint(nowhere, true))
          .isInstanceOf(IOException.class)
          .hasMessage("No such file or directory");
    }
  }

  @Test
  void aWrongShapeIsRefusedBeforeAnythingRuns() throws DataException {
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      Map<String, Feed> wrong = inputs(true);
      wrong.put("target", Feed.floats(new float[3], 3));
      assertThatThrownBy(() -> session.trainStep(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("training_model.onnx")
          .hasMessageContaining("expected input target FLOAT[4], found FLOAT[3]");
    }
  }

  @Test
  void aWrongTypeIsRefused() throws DataException {
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      Map<String, Feed> wrong = inputs(true);
      wrong.put("use_target", Feed.floats(new float[] {1}, 1));
      assertThatThrownBy(() -> session.trainStep(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected input use_target BOOL[1], found FLOAT[1]");
    }
  }

  @Test
  void aMissingAndAnUnknownInputAreRefused() throws DataException {
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      Map<String, Feed> missing = inputs(true);
      missing.remove("x");
      assertThatThrownBy(() -> session.trainStep(missing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("input x FLOAT[4] is missing");
      Map<String, Feed> unknown = inputs(true);
      unknown.put("z", Feed.floats(new float[] {1}, 1));
      assertThatThrownBy(() -> session.trainStep(unknown))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected only the inputs");
    }
  }

  @Test
  void aPropertyThatIsNotThereIsNamed() throws DataException {
    try (TrainingSession session = LineModel.open(folder, SETTINGS)) {
      assertThatThrownBy(() -> session.text("epoch"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no text property 'epoch'");
    }
  }

  @Test
  void aMissingModelIsNamed() throws IOException {
    Files.delete(folder.resolve("optimizer_model.onnx"));
    assertThatThrownBy(() -> LineModel.open(folder, SETTINGS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("optimizer_model.onnx: no such file");
  }

  @Test
  void aForeignFileIsNotTakenForACheckpoint() throws IOException {
    Path foreign = Files.write(temporary.resolve("foreign"), new byte[100]);
    assertThatThrownBy(() -> TrainingSession.open(folder, foreign, SETTINGS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("foreign: is no checkpoint");
  }

  @Test
  void aDamagedModelIsNamed() throws IOException {
    Files.write(folder.resolve("training_model.onnx"), List.of("not a model"));
    assertThatThrownBy(() -> LineModel.open(folder, SETTINGS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("training_model.onnx: cannot be read as an ONNX model");
  }

  @Test
  void modelsThatTheRuntimeRefusesAreNamedByTheirFolder() throws IOException {
    Files.write(folder.resolve("training_model.onnx"), new byte[0]);
    assertThatThrownBy(() -> LineModel.open(folder, SETTINGS))
        .isInstanceOf(TrainingSessionException.class)
        .hasMessageContaining("cannot open the models of " + folder);
  }

  @Test
  void tunedModelsAreGoneOnceTheSessionIsOpen() throws Exception {
    Path own = Files.createDirectory(temporary.resolve("tmp"));
    Path said = temporary.resolve("said");

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + own,
                "-Dsemimoe.natives.dir=" + System.getProperty("semimoe.natives.dir", ""),
                "-cp",
                System.getProperty("java.class.path"),
                Opening.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
  }

  /** Opens a session in a process whose folder for temporary files no other one shares. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] arguments) throws Exception {
      try (TrainingSession session = LineModel.open(Path.of(arguments[0]), SETTINGS)) {
        iterate(session, 1);
        assertThat(new File(System.getProperty("java.io.tmpdir")).list())
            .allMatch(name -> name.startsWith("onnxruntime-java"));
      }
    }
  }

  @Test
  void aClosedSessionSaysSo() throws DataException {
    TrainingSession session = LineModel.open(folder, SETTINGS);
    session.close();
    session.close();
    assertThatThrownBy(() -> session.trainStep(inputs(true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void aCudaDeviceThatIsNotThereIsTold() {
    assertThatThrownBy(() -> LineModel.open(folder, SessionSettings.cuda(99)))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("CUDA device 99 cannot be used");
  }

  private static Map<String, Feed> inputs(boolean useTarget) {
    Map<String, Feed> inputs = new HashMap<>();
    inputs.put("x", Feed.floats(X, LineModel.POINTS));
    inputs.put("target", Feed.floats(TARGET, LineModel.POINTS));
    inputs.put("use_target", Feed.flags(new boolean[] {useTarget}, 1));
    return inputs;
  }

  private static void iterate(TrainingSession session, int iterations) {
    session.setLearningRate(0.01f);
    for (int i = 0; i < iterations; i++) {
      session.lazyResetGrad();
      session.trainStep(inputs(true));
      session.optimizerStep();
    }
  }

  private static float weight(TrainingSession session) {
    Map<String, Feed> inputs = Map.of("x", Feed.floats(new float[] {1, 0, 0, 0}, 4));
    return session.evalStep(inputs).floats("y")[0];
  }
}
