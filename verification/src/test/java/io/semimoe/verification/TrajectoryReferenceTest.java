package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.Graph;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.artifact.OptimizerKind;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.network.Task;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.SemiMoeObjective;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.loop.PassInputs;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.StepOutputs;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Trains on the iterations of an independent PyTorch implementation and holds every array of the
 * trajectory to its tolerance: losses 1e-4 relative, gradients 1e-3 relative in norm, parameters
 * and running statistics 1e-4 absolute. Sizes come from the arrays.
 */
class TrajectoryReferenceTest {
  private static final Map<Task, String> PSEUDO =
      Map.of(Task.SEGMENTATION, "mask", Task.DISTANCE, "sdf", Task.BOUNDARY, "boundary");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void trainingFollowsTheReferenceTrajectory(OptimizerKind optimizer) throws Exception {
    String kind = optimizer == OptimizerKind.SGD ? "sgd" : "adamw";
    ReferenceVectors reference = ReferenceVectors.open("trajectory-" + kind + ".npz");
    int[] image = reference.get("step0/labelled").dims();
    int width = reference.get("initial/segmentation.encoder.0.0.conv.weight").dim(0);
    TrainingDesign design =
        new TrainingDesign(
            new NetworkSpec(width, image[0], image[2], image[3]),
            0,
            optimizer,
            new TrainingDesign.AdamW(0.9, 0.999, 1e-8, 0.01));
    Graph graph = SemiMoeGraphs.training(design, true);
    ArtifactWriter.write(folder, design, graph);
    CheckpointFile.write(
        folder.resolve("checkpoint"),
        Checkpoint.of(
            graph,
            v ->
                reference.has("initial/" + v.name())
                    ? reference.get("initial/" + v.name()).floats()
                    : v.initialValues(0)));

    SoftAssertions softly = new SoftAssertions();
    try (TrainingSession session = TrainingSession.open(folder, SessionSettings.cpu(2))) {
      NetworkTrainer trainer = new NetworkTrainer(session, design, 0.9, 5e-5, initialLoss());
      int steps = (int) reference.names().stream().filter(n -> n.endsWith("/lambda")).count();
      assertThat(steps).isPositive();
      for (int i = 0; i < steps; i++) {
        double learningRate = optimizer == OptimizerKind.SGD ? 0.05 : 1e-3;
        NetworkTrainer.Iteration iteration =
            trainer.iterate(
                labelled(reference, i),
                Optional.of(unlabelled(reference, i)),
                reference.get("step" + i + "/lambda").scalar(),
                learningRate);
        checkLosses(softly, reference, i, iteration, trainer.loss().s());
        if (i == 0) {
          checkForward(softly, reference, iteration.unlabelled().orElseThrow().outputs());
          checkGradients(softly, reference, graph, iteration);
        }
      }
      session.saveCheckpoint(folder.resolve("final"), false);
    }
    checkFinal(softly, reference, CheckpointFile.read(folder.resolve("final")));
    softly.assertAll();
  }

  private static AdaptiveMultiObjectiveLoss initialLoss() {
    return AdaptiveMultiObjectiveLoss.initial(
        new AdaptiveMultiObjectiveLoss.Settings(new TaskValues(1, 0.5, 1), 0.4, 1, 0.05, 5e-5));
  }

  private static PassInputs labelled(ReferenceVectors reference, int step) {
    String prefix = "step" + step + "/";
    return new PassInputs(
        reference.get(prefix + "labelled").floats(),
        reference.get(prefix + "mask").floats(),
        reference.get(prefix + "sdf").floats(),
        reference.get(prefix + "boundary").floats(),
        new float[0]);
  }

  private static PassInputs unlabelled(ReferenceVectors reference, int step) {
    float[] none = new float[0];
    return new PassInputs(
        reference.get("step" + step + "/unlabelled").floats(), none, none, none, none);
  }

  private static void checkLosses(
      SoftAssertions softly,
      ReferenceVectors reference,
      int step,
      NetworkTrainer.Iteration iteration,
      TaskValues s) {
    String prefix = "step" + step + "/";
    NetworkTrainer.Pass unlabelled = iteration.unlabelled().orElseThrow();
    Map<String, TaskValues> values =
        Map.of(
            "loss_unlabelled", unlabelled.expert(),
            "loss_labelled_expert", iteration.labelled().expert(),
            "loss_labelled_gate", iteration.labelled().gate(),
            "s", s);
    values.forEach(
        (name, value) -> {
          double[] expected = reference.get(prefix + name).doubles();
          double[] found = {value.segmentation(), value.distance(), value.boundary()};
          for (int t = 0; t < 3; t++) {
            softly
                .assertThat(found[t])
                .as("%s%s[%s]", prefix, name, t)
                .isCloseTo(expected[t], within(1e-4 * Math.abs(expected[t])));
          }
        });
    double total =
        Stream.of(reference.get(prefix + "total").doubles()).mapToDouble(d -> d[0] + d[1]).sum();
    softly
        .assertThat(iteration.total())
        .as(prefix + "total")
        .isCloseTo(total, within(1e-4 * total));
  }

  private static void checkForward(
      SoftAssertions softly, ReferenceVectors reference, StepOutputs outputs) {
    List<float[]> gateWeights = new ArrayList<>();
    for (Task task : Task.values()) {
      for (String part : List.of("expert", "gate")) {
        checkNorm(
            softly,
            "forward " + part + " " + task,
            outputs.floats(part + "." + task.text()),
            reference.get("forward/" + task.text() + "." + part).floats(),
            1e-4);
      }
      checkNorm(
          softly,
          "pseudo-label " + task,
          outputs.floats("pseudo." + task.text()),
          reference.get("pseudo/" + PSEUDO.get(task)).floats(),
          1e-4);
      gateWeights.add(reference.get("forward/" + task.text() + ".gate_weights").floats());
    }
    float[] found = outputs.floats(SemiMoeObjective.GATE_WEIGHTS);
    int batch = found.length / 9;
    for (int n = 0; n < batch; n++) {
      for (int i = 0; i < 9; i++) {
        softly
            .assertThat(found[9 * n + i])
            .as("gate weight %s of image %s", i, n)
            .isCloseTo(gateWeights.get(i / 3)[3 * n + i % 3], within(1e-4f));
      }
    }
  }

  private static void checkGradients(
      SoftAssertions softly,
      ReferenceVectors reference,
      Graph graph,
      NetworkTrainer.Iteration iteration) {
    for (String name : reference.namesUnder("gradient/")) {
      if (name.equals("s")) {
        continue;
      }
      float[] sum = iteration.labelled().outputs().floats("gradient." + name).clone();
      float[] other = iteration.unlabelled().orElseThrow().outputs().floats("gradient." + name);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += other[i];
      }
      checkNorm(
          softly, "gradient of " + name, sum, reference.get("gradient/" + name).floats(), 1e-3);
    }
    softly
        .assertThat(graph.parameters())
        .as("parameters that have a reference gradient")
        .hasSize(reference.namesUnder("gradient/").size() - 1);
  }

  private static void checkFinal(
      SoftAssertions softly, ReferenceVectors reference, Checkpoint checkpoint) {
    List<CheckpointTensor> tensors = new ArrayList<>(checkpoint.parameters());
    checkpoint.states().stream().filter(t -> t.name().contains(".running_")).forEach(tensors::add);
    long expectedTensors =
        reference.namesUnder("final/").stream().filter(n -> !n.endsWith("_unbiased")).count();
    softly
        .assertThat(tensors)
        .as("tensors in the checkpoint")
        .hasSize(Math.toIntExact(expectedTensors));
    for (CheckpointTensor tensor : tensors) {
      float[] expected = reference.get("final/" + tensor.name()).floats();
      softly.assertThat(tensor.values()).as(tensor.name()).hasSameSizeAs(expected);
      double worst = 0;
      for (int i = 0; i < expected.length; i++) {
        worst = Math.max(worst, Math.abs(tensor.values()[i] - expected[i]));
      }
      softly
          .assertThat(worst)
          .as("final %s: largest difference", tensor.name())
          .isLessThanOrEqualTo(1e-4);
    }
  }

  /** Compares with a tolerance relative to the Euclidean norm of the expected tensor. */
  private static void checkNorm(
      SoftAssertions softly, String name, float[] found, float[] expected, double tolerance) {
    softly.assertThat(found).as(name).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < Math.min(found.length, expected.length); i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    softly
        .assertThat(Math.sqrt(difference))
        .as("%s: norm of the difference", name)
        .isLessThanOrEqualTo(tolerance * Math.sqrt(norm));
  }
}
