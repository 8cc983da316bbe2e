package io.semimoe.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.artifact.OptimizerModel;
import io.semimoe.graph.artifact.TrialModel;
import io.semimoe.graph.op.Shape;
import io.semimoe.training.runtime.OptimizerTrial.Finding;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTrialTest {
  @TempDir private Path temporary;

  static Stream<Optimizer> optimizers() {
    return Stream.of(new Optimizer.Sgd(0.9, 5e-5), new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aTrialDoublesTheParametersAndLeavesNoTrace(Optimizer optimizer) throws Exception {
    Path folder = folder("tried", optimizer, true);
    Path before = temporary.resolve("before");
    Path after = temporary.resolve("after");
    try (TrainingSession session = LineModel.open(folder, SessionSettings.cpu(1))) {
      session.setLearningRate(0.01f);
      iterate(session, 3);
      session.saveCheckpoint(before, true);

      assertThat(OptimizerTrial.of(session, before)).isEqualTo(Finding.ONCE);

      assertThat(session.learningRate()).isEqualTo(0.01f);
      session.saveCheckpoint(after, true);
      assertThat(after).hasSameBinaryContentAs(before);
      // Of other parameters than its own it cannot be the double.
      assertThat(OptimizerTrial.of(session, LineModel.checkpoint(folder))).isEqualTo(Finding.OTHER);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void trainingGoesOnAsWithoutTheTrial(Optimizer optimizer) throws Exception {
    float[] tried = trained(folder("tried", optimizer, true), true);
    float[] untried = trained(folder("untried", optimizer, false), false);
    assertThat(tried).isEqualTo(untried);
  }

  @Test
  void aSessionThatStepsTwiceIsClosedAndAnotherOpened() throws Exception {
    Opened opened = new Opened();
    Iterator<Finding> findings = List.of(Finding.TWICE, Finding.TWICE, Finding.ONCE).iterator();
    try (TrainingSession session =
        OptimizerTrial.passed(opened::another, tried -> findings.next())) {
      assertThat(opened.sessions).hasSize(3).last().isSameAs(session);
      assertThat(session.learningRate()).isPositive();
      assertThat(opened.sessions.subList(0, 2)).allMatch(Opened::isClosed);
    }
    // Stand-ins for a GPU compute nothing, and are to be looked at all the same.
    try (TrainingSession session = OptimizerTrial.passed(opened::another, tried -> Finding.OTHER)) {
      assertThat(opened.sessions).hasSize(4).last().isSameAs(session);
    }
  }

  @Test
  void noSessionStaysOpenWhereNoneIsFound() throws Exception {
    Opened opened = new Opened();
    assertThatThrownBy(() -> OptimizerTrial.passed(opened::another, tried -> Finding.TWICE))
        .isInstanceOf(TrainingSessionException.class)
        .hasMessageContaining("changes some parameters twice");
    assertThat(opened.sessions).hasSize(20).allMatch(Opened::isClosed);

    assertThatThrownBy(
            () ->
                OptimizerTrial.passed(
                    opened::another,
                    tried -> {
                      throw new DataException("no space left");
                    }))
        .hasMessageContaining("no space left");
    assertThat(opened.sessions).hasSize(21).allMatch(Opened::isClosed);
  }

  @Test
  void whatIsQuadrupledWasChangedTwice() {
    List<CheckpointTensor> before = List.of(tensor("a", 1, 0, -3), tensor("b", 0, 0, 0));
    assertThat(OptimizerTrial.compare(before, before)).isEqualTo(Finding.OTHER);
    assertThat(compare(before, tensor("a", 2, 0, -6))).isEqualTo(Finding.ONCE);
    assertThat(compare(before, tensor("a", 2, 0, -12))).isEqualTo(Finding.TWICE);
    assertThat(compare(before, tensor("a", 4, 0, -12))).isEqualTo(Finding.TWICE);
    assertThat(compare(before, tensor("a", 4, 0, -3))).isEqualTo(Finding.OTHER);
    assertThat(compare(before, tensor("a", 2, 1, -6))).isEqualTo(Finding.OTHER);
    assertThat(compare(before, tensor("a", 2, 0, Float.NaN))).isEqualTo(Finding.OTHER);
  }

  /** Sessions of a small model, each opened anew. */
  private final class Opened {
    final List<TrainingSession> sessions = new ArrayList<>();
    private final Path folder;

    Opened() throws IOException {
      folder = folder("opened", new Optimizer.Sgd(0.9, 5e-5), true);
    }

    TrainingSession another() throws DataException {
      sessions.add(LineModel.open(folder, SessionSettings.cpu(1)));
      return sessions.get(sessions.size() - 1);
    }

    static boolean isClosed(TrainingSession session) {
      try {
        session.learningRate();
        return false;
      } catch (IllegalStateException e) {
        return true;
      }
    }
  }

  private static Finding compare(List<CheckpointTensor> before, CheckpointTensor first) {
    return OptimizerTrial.compare(before, List.of(before.get(1), first));
  }

  private static CheckpointTensor tensor(String name, float... values) {
    return new CheckpointTensor(name, Shape.of(values.length), FloatBuffer.wrap(values));
  }

  private Path folder(String name, Optimizer optimizer, boolean withTrial) throws IOException {
    Path folder = temporary.resolve(name);
    LineModel.write(folder, 1);
    var model = OptimizerModel.of(optimizer);
    Files.write(
        folder.resolve(TrainingArtifacts.OPTIMIZER_MODEL),
        (withTrial ? TrialModel.of(model) : model).toByteArray());
    return folder;
  }

  private float[] trained(Path folder, boolean withTrial) throws Exception {
    Path checkpoint = LineModel.checkpoint(folder);
    try (TrainingSession session = LineModel.open(folder, SessionSettings.cpu(1))) {
      if (withTrial) {
        assertThat(OptimizerTrial.of(session, checkpoint)).isEqualTo(Finding.ONCE);
      }
      session.setLearningRate(0.01f);
      iterate(session, 3);
      session.saveCheckpoint(checkpoint, true);
    }
    return CheckpointFile.read(checkpoint).parameters().get(0).values();
  }

  private static void iterate(TrainingSession session, int iterations) {
    for (int i = 0; i < iterations; i++) {
      session.lazyResetGrad();
      session.trainStep(
          Map.of(
              "x", Feed.floats(new float[] {1, 2, 3, 4}, 4),
              "target", Feed.floats(new float[] {2, 4, 6, 8}, 4),
              "use_target", Feed.flags(new boolean[] {true}, 1)));
      session.optimizerStep();
    }
  }
}
