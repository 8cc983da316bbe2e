package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.Task;
import io.semimoe.loss.SemiMoeObjective;
import io.semimoe.loss.TaskValues;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trains on the iterations of an independent PyTorch implementation and holds what is well-posed of
 * the trajectory to its tolerance: losses and adaptive weights 1e-4 relative, forward values 1e-4
 * and gradients 1e-3 relative in norm, parameters and running statistics 1e-4 absolute.
 *
 * <p>With SGD that is every array. With AdamW the later iterations depend on rounding noise, as
 * {@link AdamWTrajectoryReferenceTest} explains and deals with.
 */
@Tag(TestDevice.TAG)
class TrajectoryReferenceTest {
  private static final Map<Task, String> PSEUDO =
      Map.of(Task.SEGMENTATION, "mask", Task.DISTANCE, "sdf", Task.BOUNDARY, "boundary");

  private static final Map<Training, Trajectory> TRAJECTORIES = new HashMap<>();

  /** An optimizer, and whether both batches of an iteration share a pass (2) or not (1). */
  record Training(Optimizer optimizer, int batchesInPass) {}

  static List<Training> trainings() {
    return Stream.of(Trajectory.SGD, Trajectory.ADAMW)
        .flatMap(optimizer -> Stream.of(1, 2).map(batches -> new Training(optimizer, batches)))
        .toList();
  }

  static List<Training> trainingsWithSgd() {
    return trainings().stream().filter(t -> t.optimizer() == Trajectory.SGD).toList();
  }

  @BeforeAll
  static void train() throws Exception {
    for (Training training : trainings()) {
      TRAJECTORIES.put(training, Trajectory.train(training.optimizer(), training.batchesInPass()));
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void theFirstIterationHasTheReferenceLosses(Training training) {
    SoftAssertions softly = new SoftAssertions();
    checkLosses(softly, TRAJECTORIES.get(training), 0);
    softly.assertAll();
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void theFirstIterationHasTheReferenceOutputsAndPseudoLabels(Training training) {
    ReferenceVectors reference = TRAJECTORIES.get(training).reference();
    Trajectory.Step step = TRAJECTORIES.get(training).steps().get(0);
    float[] gateWeights = step.unlabelled(SemiMoeObjective.GATE_WEIGHTS);
    SoftAssertions softly = new SoftAssertions();
    for (Task task : Task.values()) {
      for (String part : List.of("expert", "gate")) {
        checkNorm(
            softly,
            "forward " + part + " " + task,
            step.unlabelled(part + "." + task.text()),
            reference.get("forward/" + task.text() + "." + part),
            1e-4);
      }
      checkNorm(
          softly,
          "pseudo-label " + task,
          step.unlabelled("pseudo." + task.text()),
          reference.get("pseudo/" + PSEUDO.get(task)),
          1e-4);
      float[] weights = reference.get("forward/" + task.text() + ".gate_weights").floats();
      float[] found = new float[weights.length];
      int gate = Arrays.asList(Task.values()).indexOf(task);
      for (int i = 0; i < found.length; i++) {
        // Ours [N, 9, 1, 1] hold the three gates one after the other.
        found[i] = gateWeights[i / 3 * 9 + gate * 3 + i % 3];
      }
      softly
          .assertThat(Distances.largest(found, weights))
          .as("gate weights %s: largest difference", task)
          .isLessThanOrEqualTo(1e-4);
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void theFirstIterationHasTheReferenceGradients(Training training) {
    ReferenceVectors reference = TRAJECTORIES.get(training).reference();
    Trajectory.Step step = TRAJECTORIES.get(training).steps().get(0);
    SoftAssertions softly = new SoftAssertions();
    for (String name : reference.namesUnder("initial/")) {
      checkNorm(
          softly,
          "gradient of " + name,
          step.gradient(name),
          reference.get("gradient/" + name),
          1e-3);
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void theAdaptiveWeightsFollowTheReference(Training training) {
    Trajectory trajectory = TRAJECTORIES.get(training);
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < trajectory.steps().size(); i++) {
      String name = "step" + i + "/s";
      checkTasks(softly, name, trajectory.steps().get(i).s(), trajectory.reference().get(name));
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void theCheckpointHoldsTheTensorsOfTheReference(Training training) {
    Trajectory trajectory = TRAJECTORIES.get(training);
    Set<String> expected =
        trajectory.reference().namesUnder("final/").stream()
            .filter(name -> !name.endsWith("_unbiased"))
            .collect(Collectors.toSet());
    assertThat(trajectory.steps().get(0).after().keySet())
        .hasSizeGreaterThan(100)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("trainingsWithSgd")
  void allIterationsOfSgdHaveTheReferenceLosses(Training training) {
    Trajectory trajectory = TRAJECTORIES.get(training);
    SoftAssertions softly = new SoftAssertions();
    for (int i = 1; i < trajectory.steps().size(); i++) {
      checkLosses(softly, trajectory, i);
    }
    softly.assertThat(trajectory.steps()).as("iterations").hasSizeGreaterThan(1);
    softly.assertAll();
  }

  @ParameterizedTest
  @MethodSource("trainingsWithSgd")
  void sgdEndsAtTheReferenceParametersAndStatistics(Training training) {
    Trajectory trajectory = TRAJECTORIES.get(training);
    Map<String, float[]> last = trajectory.steps().get(trajectory.steps().size() - 1).after();
    SoftAssertions softly = new SoftAssertions();
    last.forEach(
        (name, values) ->
            softly
                .assertThat(Distances.largest(values, trajectory.referenceEnd(name)))
                .as("final %s: largest difference", name)
                .isLessThanOrEqualTo(1e-4));
    softly.assertAll();
  }

  private static void checkLosses(SoftAssertions softly, Trajectory trajectory, int step) {
    String prefix = "step" + step + "/";
    Trajectory.Step found = trajectory.steps().get(step);
    found
        .losses()
        .forEach(
            (name, losses) ->
                checkTasks(
                    softly, prefix + name, losses, trajectory.reference().get(prefix + name)));
    double[] totals = trajectory.reference().get(prefix + "total").doubles();
    double total = totals[0] + totals[1];
    softly
        .assertThat(found.iteration().total())
        .as(prefix + "total")
        .isCloseTo(total, within(1e-4 * total));
  }

  private static void checkTasks(
      SoftAssertions softly, String name, TaskValues found, ReferenceArray reference) {
    double[] expected = reference.doubles();
    double[] values = {found.segmentation(), found.distance(), found.boundary()};
    for (int t = 0; t < values.length; t++) {
      softly
          .assertThat(values[t])
          .as("%s[%s]", name, t)
          .isCloseTo(expected[t], within(1e-4 * Math.abs(expected[t])));
    }
  }

  private static void checkNorm(
      SoftAssertions softly,
      String name,
      float[] found,
      ReferenceArray reference,
      double tolerance) {
    float[] expected = reference.floats();
    softly
        .assertThat(Distances.norm(found, expected))
        .as("%s: norm of the difference", name)
        .isLessThanOrEqualTo(tolerance * Distances.norm(expected));
  }
}
