package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.BatchInputs;
import io.semimoe.training.loop.BatchOutputs;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both batches of an iteration in one pass do what they do in a pass each, dropout included; the
 * trajectories hold both ways to the reference, without dropout.
 */
@Tag(TestDevice.TAG)
class JointPassTest {
  private static final long SEED = 20261127;
  private static final NetworkSpec NETWORK = new NetworkSpec(4, 3, 32, 48);
  private static final double LEARNING_RATE = 0.05;

  @TempDir private static Path folder;
  private static Training apart;
  private static Training together;

  /** One iteration, and the checkpoint before and after it. */
  private record Training(NetworkTrainer.Iteration iteration, Checkpoint before, Checkpoint after) {
    BatchOutputs unlabelled() {
      return iteration.unlabelled().orElseThrow();
    }
  }

  @BeforeAll
  static void train() throws Exception {
    apart = train(1);
    together = train(2);
  }

  @Test
  void theLossesAndTheGatesOfBothBatchesAreTheSame() {
    assertThat(together.iteration().passes()).hasSize(1);
    assertThat(apart.iteration().passes()).hasSize(2);
    assertThat(together.iteration().total()).isCloseTo(apart.iteration().total(), within(1e-5));
    check(together.iteration().labelled(), apart.iteration().labelled());
    check(together.unlabelled(), apart.unlabelled());
    assertThat(apart.unlabelled().statistics())
        .isNotEqualTo(apart.iteration().labelled().statistics());
  }

  /** Rounding may decide on which side of a kink a value lies, so single ones may differ. */
  @Test
  void theStepOfTheParametersIsTheSame() {
    double difference = 0;
    double way = 0;
    for (int i = 0; i < apart.before().parameters().size(); i++) {
      CheckpointTensor before = apart.before().parameters().get(i);
      CheckpointTensor one = apart.after().parameters().get(i);
      CheckpointTensor other = together.after().parameters().get(i);
      assertThat(other.name()).isEqualTo(before.name());
      difference += Math.pow(Distances.norm(one.values(), other.values()), 2);
      way += Math.pow(Distances.norm(one.values(), before.values()), 2);
    }
    assertThat(Math.sqrt(difference / way))
        .as("distance of the parameters over the way they went")
        .isLessThan(1e-3);
  }

  @Test
  void theRunningStatisticsTakeTheUnlabelledBatchAndThenTheLabelledOne() {
    SoftAssertions softly = new SoftAssertions();
    int compared = 0;
    for (int i = 0; i < apart.after().states().size(); i++) {
      CheckpointTensor one = apart.after().states().get(i);
      CheckpointTensor other = together.after().states().get(i);
      if (one.name().contains(".running_")) {
        compared++;
        softly
            .assertThat(Distances.largest(one.values(), other.values()))
            .as(one.name())
            .isLessThan(1e-5);
        softly
            .assertThat(Distances.largest(one.values(), apart.before().states().get(i).values()))
            .as("change of " + one.name())
            .isGreaterThan(1e-3);
      }
    }
    softly.assertThat(compared).isGreaterThan(100);
    softly.assertAll();
  }

  @Test
  void aDesignForBothBatchesNeedsBoth() throws Exception {
    try (TrainingSession session = open(2)) {
      NetworkTrainer trainer = UntrainedNetwork.trainer(session, design(2));
      BatchInputs labelled = UntrainedNetwork.labelled(NETWORK, new Random(SEED));
      assertThatThrownBy(() -> trainer.iterate(labelled, Optional.empty(), 0, LEARNING_RATE, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected two batches, as the design has in a pass, found one");
    }
  }

  private static void check(BatchOutputs found, BatchOutputs expected) {
    assertThat(numbers(found)).hasSize(16);
    for (int i = 0; i < numbers(found).size(); i++) {
      assertThat(numbers(found).get(i)).isCloseTo(numbers(expected).get(i), within(1e-5));
    }
  }

  private static List<Double> numbers(BatchOutputs outputs) {
    List<Double> numbers = new ArrayList<>(outputs.statistics().gateWeights());
    numbers.add(outputs.statistics().pseudoForeground());
    for (TaskValues losses : List.of(outputs.expert(), outputs.gate())) {
      numbers.addAll(List.of(losses.segmentation(), losses.distance(), losses.boundary()));
    }
    return numbers;
  }

  private static Training train(int batchesInPass) throws Exception {
    Random random = new Random(SEED);
    BatchInputs labelled = UntrainedNetwork.labelled(NETWORK, random);
    BatchInputs unlabelled = UntrainedNetwork.unlabelled(NETWORK, random);
    try (TrainingSession session = open(batchesInPass)) {
      Path file = folder.resolve(Integer.toString(batchesInPass)).resolve("after");
      session.saveCheckpoint(file, false);
      Checkpoint before = CheckpointFile.read(file);
      NetworkTrainer.Iteration iteration =
          UntrainedNetwork.trainer(session, design(batchesInPass))
              .iterate(labelled, Optional.of(unlabelled), 0.5, LEARNING_RATE, 0);
      session.saveCheckpoint(file, false);
      return new Training(iteration, before, CheckpointFile.read(file));
    }
  }

  private static TrainingSession open(int batchesInPass) throws Exception {
    Path artifacts = Files.createDirectories(folder.resolve(Integer.toString(batchesInPass)));
    return UntrainedNetwork.open(
        artifacts, design(batchesInPass), SEED, TestDevice.settings(Optional.empty()));
  }

  private static TrainingDesign design(int batchesInPass) {
    return new TrainingDesign(NETWORK, batchesInPass, 0.1, new Optimizer.Sgd(0.9, 5e-5), false);
  }
}
