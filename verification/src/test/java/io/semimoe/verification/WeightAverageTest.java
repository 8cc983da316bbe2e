package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.artifact.WeightAverage;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.BatchInputs;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.runtime.Feed;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The average of the weights that a training keeps, against one of its checkpoints. */
@Tag(TestDevice.TAG)
class WeightAverageTest {
  private static final long SEED = 20261128;
  private static final NetworkSpec NETWORK = new NetworkSpec(4, 2, 32, 32);
  private static final List<Double> RATES = List.of(1.0, 0.5, 0.0, 0.25);

  @TempDir private Path folder;

  /** Checkpoints before the first iteration and after each. */
  private List<Checkpoint> train(TrainingDesign design, String name) throws Exception {
    Random random = new Random(SEED);
    List<Checkpoint> checkpoints = new ArrayList<>();
    try (TrainingSession session = open(design, name)) {
      NetworkTrainer trainer = UntrainedNetwork.trainer(session, design);
      checkpoints.add(save(session, name, 0));
      for (double rate : RATES) {
        BatchInputs labelled = UntrainedNetwork.labelled(NETWORK, random);
        BatchInputs unlabelled = UntrainedNetwork.unlabelled(NETWORK, random);
        trainer.iterate(labelled, Optional.of(unlabelled), 0.5, 0.05, rate);
        checkpoints.add(save(session, name, checkpoints.size()));
      }
    }
    return checkpoints;
  }

  @ParameterizedTest(name = "{0} batches in a pass")
  @ValueSource(ints = {1, 2})
  void eachIterationMovesItByTheRateTowardsTheWeights(int batchesInPass) throws Exception {
    List<Checkpoint> checkpoints = train(design(batchesInPass, true), "averaged");

    Map<String, float[]> averages = averages(checkpoints.get(0));
    assertThat(averages).hasSizeGreaterThan(300);
    averages.forEach(
        (name, values) -> assertThat(values).as(name).isEqualTo(own(checkpoints.get(0)).get(name)));
    for (int i = 0; i < RATES.size(); i++) {
      // The statistics are those of the pass, the parameters those that it ran with.
      Map<String, float[]> target = new HashMap<>(own(checkpoints.get(i)));
      own(checkpoints.get(i + 1)).entrySet().stream()
          .filter(entry -> entry.getKey().contains(".running_"))
          .forEach(entry -> target.put(entry.getKey(), entry.getValue()));
      Map<String, float[]> moved = averages(checkpoints.get(i + 1));
      for (String name : averages.keySet()) {
        assertThat(moved.get(name))
            .as("%s after iteration %s", name, i)
            .containsExactly(
                between(averages.get(name), target.get(name), RATES.get(i)), within(2e-6f));
      }
      averages = moved;
    }
    Map<String, float[]> last = own(checkpoints.get(RATES.size()));
    averages.forEach((name, values) -> assertThat(values).as(name).isNotEqualTo(last.get(name)));
  }

  @Test
  void theTrainingIsTheSameWithAndWithoutIt() throws Exception {
    assumeThat(TestDevice.cuda()).as("a GPU gives other bits each time").isEmpty();
    Map<String, float[]> with = own(train(design(2, true), "averaged").get(RATES.size()));
    Map<String, float[]> without = own(train(design(2, false), "plain").get(RATES.size()));

    assertThat(with.keySet()).isEqualTo(without.keySet());
    without.forEach((name, values) -> assertThat(with.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void theAverageIsWhatIsEvaluatedAndWhatACheckpointStandsFor() throws Exception {
    float[] image = UntrainedNetwork.unlabelled(NETWORK, new Random(SEED)).image();
    Map<String, Feed> feed =
        Map.of(SemiMoeGraphs.IMAGE, Feed.floats(image, NETWORK.images(3).toLongArray()));
    Checkpoint last = train(design(2, true), "averaged").get(RATES.size());
    float[] evaluated;
    try (TrainingSession session =
        TrainingSession.open(
            folder.resolve("averaged"),
            file("averaged", RATES.size()),
            TestDevice.settings(Optional.empty()))) {
      evaluated = session.evalStep(feed).floats(SemiMoeGraphs.PROBABILITIES);
    }

    assertThat(evaluated)
        .containsExactly(evaluate(last.contents()::apply, "network", feed), within(1e-5f));
    assertThat(evaluate(own(last)::get, "own", feed)).isNotEqualTo(evaluated);
  }

  private interface Contents {
    float[] of(String name);
  }

  private float[] evaluate(Contents contents, String name, Map<String, Feed> feed)
      throws Exception {
    open(design(2, false), name).close();
    Path checkpoint = folder.resolve(name).resolve("checkpoint");
    ArtifactWriter.writeInitialCheckpoint(
        checkpoint,
        SemiMoeGraphs.training(design(2, false)),
        variable -> contents.of(variable.name()));
    try (TrainingSession session =
        TrainingSession.open(
            folder.resolve(name), checkpoint, TestDevice.settings(Optional.empty()))) {
      return session.evalStep(feed).floats(SemiMoeGraphs.PROBABILITIES);
    }
  }

  private static float[] between(float[] from, float[] to, double rate) {
    float[] result = new float[from.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (from[i] + rate * (to[i] - from[i]));
    }
    return result;
  }

  private static Map<String, float[]> averages(Checkpoint checkpoint) {
    return tensors(checkpoint)
        .filter(tensor -> tensor.name().startsWith(WeightAverage.PREFIX))
        .collect(
            Collectors.toMap(
                tensor -> WeightAverage.source(tensor.name()), CheckpointTensor::values));
  }

  private static Map<String, float[]> own(Checkpoint checkpoint) {
    return tensors(checkpoint)
        .filter(tensor -> !tensor.name().startsWith(WeightAverage.PREFIX))
        .collect(Collectors.toMap(CheckpointTensor::name, CheckpointTensor::values));
  }

  private static Stream<CheckpointTensor> tensors(Checkpoint checkpoint) {
    return Stream.concat(checkpoint.parameters().stream(), checkpoint.states().stream());
  }

  private Checkpoint save(TrainingSession session, String name, int iteration) throws Exception {
    session.saveCheckpoint(file(name, iteration), false);
    return CheckpointFile.read(file(name, iteration));
  }

  private Path file(String name, int iteration) {
    return folder.resolve(name).resolve("after" + iteration);
  }

  private TrainingSession open(TrainingDesign design, String name) throws Exception {
    return UntrainedNetwork.open(
        Files.createDirectories(folder.resolve(name)),
        design,
        SEED,
        TestDevice.settings(Optional.empty()));
  }

  private static TrainingDesign design(int batchesInPass, boolean averaged) {
    return new TrainingDesign(NETWORK, batchesInPass, 0.1, new Optimizer.Sgd(0.9, 5e-5), averaged);
  }
}
