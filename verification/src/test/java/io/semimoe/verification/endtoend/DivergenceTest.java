package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program says of a training whose learning rate is far too large. */
class DivergenceTest {
  private static final int DATA = 3;
  private static final int DIVERGED = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "2, 1e30, found labelled",
    "6, 1e6, expected finite outputs of the network after epoch 1"
  })
  void itsExitCodeAndMessageSaySoAndItCanBeResumed(int batch, String rate, String message)
      throws Exception {
    Path run = folder.resolve("run");

    ProgramRun train = train(run, new SyntheticDataset.Counts(3, 6, 2, 0), batch, rate);

    assertDiverged(train, message);
    assertThat(run.resolve("train.log"))
        .content()
        .containsOnlyOnce(" ERROR TrainingJob training diverged")
        .contains(message);
    assertDiverged(ProgramRun.of("resume", run), message);
  }

  @Test
  void itIsFoundWithoutImagesToEvaluateOn() throws Exception {
    ProgramRun train =
        train(folder.resolve("run"), new SyntheticDataset.Counts(3, 6, 0, 0), 6, "1e6");

    assertDiverged(train, "train_1.png: expected finite outputs of the network after epoch 1");
  }

  @Test
  void aCheckpointWithWeightsThatAreNotFiniteIsNotExported() throws Exception {
    Path run = folder.resolve("run");
    ProgramRun train = train(run, new SyntheticDataset.Counts(3, 6, 0, 0), 6, "0.1");
    assertThat(train.exitCode()).as(train.err()).isZero();
    Path best = run.resolve("checkpoints/best");
    setFirstWeightToNaN(best);

    ProgramRun export = ProgramRun.of("export", run);

    assertThat(export.exitCode()).as(export.err()).isEqualTo(DATA);
    assertThat(export.err())
        .contains(
            best + ": expected finite probabilities",
            "found NaN",
            "the training diverged",
            "train again with a lower optimizer.learningRate")
        .doesNotContain("Exception");
    assertThat(run.resolve("export/test-output.npy")).doesNotExist();
  }

  private static void setFirstWeightToNaN(Path checkpoint) throws Exception {
    CheckpointTensor first = CheckpointFile.read(checkpoint).parameters().get(0);
    ByteBuffer values =
        ByteBuffer.allocate(Float.BYTES * first.elements().capacity())
            .order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(first.values());
    byte[] file = Files.readAllBytes(checkpoint);
    int at = Bytes.indexOf(file, values.array());
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, Float.NaN);
    Files.write(checkpoint, file);
  }

  private ProgramRun train(Path run, SyntheticDataset.Counts images, int batch, String rate)
      throws Exception {
    Path split =
        SyntheticDataset.write(
            folder.resolve("data"), new SyntheticImageSettings(64, 64, 7), images);
    List<String> further =
        List.of(
            "epochs=1",
            "batchSize=" + batch,
            "schedule.form=constant",
            "optimizer.learningRate=" + rate);
    return ProgramRun.of(
        SmallTraining.command(
            run, Stream.of(SmallTraining.on(split), further).flatMap(List::stream).toList()));
  }

  private static void assertDiverged(ProgramRun run, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(DIVERGED);
    assertThat(run.err())
        .contains("semi-moe: training diverged", message, "lower optimizer.learningRate")
        .doesNotContain("Exception");
  }
}
