package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.run.MetricsFile;
import io.semimoe.training.run.RunFolder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that begins with what another one learned. */
class FineTuningTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static List<String> source;
  private static RunFolder first;

  @BeforeAll
  static void train() throws Exception {
    source = SmallTraining.on(SmallTraining.writeData(shared.resolve("data")));
    Path run = shared.resolve("first");
    ProgramRun train =
        ProgramRun.of(
            SmallTraining.command(run, source),
            "--set",
            "data.normalization={kind: explicit, mean: [0.7, 0.5, 0.6], std: [0.1, 0.2, 0.3]}");
    assertThat(train.exitCode()).as(train.err()).isZero();
    first = RunFolder.open(run);
  }

  @Test
  void itBeginsWithTheParametersOfTheCheckpointAndATrainingStateOfItsOwn() throws Exception {
    // The steps are too small to change any parameter but one that is 0.
    RunFolder second =
        second(
            "--set",
            "epochs=1",
            "--set",
            "network.size=48",
            "--set",
            "schedule.form=constant",
            "--set",
            "optimizer.learningRate=1e-30");

    Checkpoint began = CheckpointFile.read(first.bestCheckpoint());
    Checkpoint ended = CheckpointFile.read(second.latestCheckpoint());
    for (CheckpointTensor parameter : began.parameters()) {
      assertThat(ended.contents().apply(parameter.name()))
          .as(parameter.name())
          .containsExactly(parameter.values(), within(1e-20f));
    }
    assertThat(MetricsFile.read(second.metricsJson()))
        .isNotEmpty()
        .allMatch(record -> record.epoch() == 0);
    assertThat(second.readProvenance().initialCheckpointSha256())
        .contains(MoreFiles.asByteSource(first.bestCheckpoint()).hash(Hashing.sha256()).toString());
  }

  @Test
  void imagesAreNormalisedAsInTheRunThatWroteTheCheckpointIfAsked() throws Exception {
    RunFolder asked = second("--set", "epochs=1", "--set", "data.normalization.kind=checkpoint");

    assertThat(normalization(asked)).isEqualTo(normalization(first));
    Path model = folder.resolve("model without a training state");
    CheckpointFile.write(
        model,
        SemiMoeGraphs.training(
            new TrainingDesign(
                new NetworkSpec(4, 2, SmallTraining.SIZE, SmallTraining.SIZE),
                2,
                0.1,
                new Optimizer.Sgd(0.9, 0),
                false)),
        variable -> variable.initialValues(1));
    Path run = folder.resolve("run");
    ProgramRun refused =
        ProgramRun.of(
            SmallTraining.command(run, source),
            "--initial-checkpoint",
            model,
            "--set",
            "data.normalization.kind=checkpoint");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains(model + ": is no checkpoint of a run");
    assertThat(run).doesNotExist();
  }

  @Test
  void itIsAheadOfATrainingThatBeginsAtRandom() throws Exception {
    RunFolder second = second();

    assertThat(lossOfTheFirstEpoch(second)).isLessThan(lossOfTheFirstEpoch(first));
  }

  @Test
  void aCheckpointOfAnotherNetworkIsRefusedBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");

    ProgramRun train =
        ProgramRun.of(
            SmallTraining.command(run, source),
            "--initial-checkpoint",
            first.bestCheckpoint(),
            "--set",
            "network.width=8");

    assertThat(train.exitCode()).isEqualTo(3);
    assertThat(train.err())
        .contains(first.bestCheckpoint() + ": expected the weights", "network.width 8")
        .doesNotContain("Exception");
    assertThat(run).doesNotExist();
  }

  @Test
  void aRunIsNotOverwrittenByOneThatIsToBeginWithIt() throws Exception {
    Map<String, ByteBuffer> before = FolderContents.of(first.root());

    ProgramRun train =
        ProgramRun.of(
            SmallTraining.command(first.root(), source),
            "--overwrite",
            "--initial-checkpoint",
            first.bestCheckpoint());

    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.err())
        .contains(first.bestCheckpoint().toString(), "--overwrite would delete", "another");
    assertThat(FolderContents.of(first.root())).isEqualTo(before);
  }

  private RunFolder second(Object... further) throws Exception {
    Path run = folder.resolve("second");
    List<Object> command = SmallTraining.command(run, source);
    command.addAll(List.of("--initial-checkpoint", first.bestCheckpoint()));
    ProgramRun train = ProgramRun.of(command, further);
    assertThat(train.exitCode()).as(train.err()).isZero();
    return RunFolder.open(run);
  }

  private static List<JsonNode> normalization(RunFolder run) throws Exception {
    Checkpoint checkpoint = CheckpointFile.read(run.latestCheckpoint());
    JsonNode state = new ObjectMapper().readTree(checkpoint.texts().get("semimoe.training.state"));
    return List.of(state.get("mean"), state.get("std"));
  }

  private static double lossOfTheFirstEpoch(RunFolder run) throws Exception {
    return MetricsFile.read(run.metricsJson()).get(0).values().get("loss/total");
  }
}
