package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.network.Task;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.runtime.StepOutputs;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The weight of a task reaches the losses of that task and no others: the trajectories alone do not
 * tell, since segmentation and boundary have equal weights there.
 *
 * <p>The gradient of a head is that of its own loss times its weight, so it grows as the
 * coefficient of its task does.
 */
@Tag(TestDevice.TAG)
class LossWeightsTest {
  private static final Map<Task, Double> FACTORS =
      Map.of(Task.SEGMENTATION, 2.0, Task.DISTANCE, 3.0, Task.BOUNDARY, 5.0);

  private static Trajectory.Step equal;
  private static Trajectory.Step different;

  @BeforeAll
  static void train() throws Exception {
    equal = Trajectory.firstStep(new TaskValues(1, 1, 1));
    different = Trajectory.firstStep(new TaskValues(2, 3, 5));
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void theHeadOfAnExpertFollowsTheWeightOfItsTaskInBothPasses(Task task) {
    check(task, task.text() + ".head.weight", labelled(equal), labelled(different));
    check(
        task,
        task.text() + ".head.weight",
        equal.iteration().passes().get(0),
        different.iteration().passes().get(0));
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void theHeadOfAGateFollowsTheWeightOfItsTaskInTheLabelledPass(Task task) {
    String head = "gating." + task.text() + ".head.weight";
    check(task, head, labelled(equal), labelled(different));
  }

  private static StepOutputs labelled(Trajectory.Step step) {
    return step.iteration().passes().get(1);
  }

  private static void check(Task task, String parameter, StepOutputs one, StepOutputs other) {
    float[] gradient = one.floats("gradient." + parameter);
    float[] scaled = other.floats("gradient." + parameter);
    double norm = Distances.norm(gradient);
    assertThat(norm).as(parameter).isGreaterThan(1e-6);
    assertThat(Distances.norm(scaled) / norm)
        .as(parameter)
        .isCloseTo(FACTORS.get(task), within(1e-4));
  }
}
