package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.graph.Graph;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.loop.PassInputs;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operator of an iteration runs on the device that the training is to run on, by the
 * runtime's own notes, so that data stay there: none falls back to the CPU, and but for one bool
 * none copies between the two.
 */
@Tag(TestDevice.TAG)
class PlacementTest {
  private static final int SIZE = 32;

  /** More events than the training model has nodes, so that they end the longest file. */
  private static final int OPTIMIZER_STEPS = 1000;

  @TempDir private Path folder;

  @Test
  void everyOperatorOfBothPassesRunsOnTheDevice() throws Exception {
    TrainingDesign design = design(true);
    Path notes = Files.createDirectory(folder.resolve("notes"));
    try (TrainingSession session = open(design, notes)) {
      iterate(session, design);
      iterate(session, design);
    }
    RuntimeProfile profile = new RuntimeProfile(notes);
    assertThat(operators(profile))
        .contains("Conv", "BatchNormInternal", "BatchNormalizationGrad", "InPlaceAccumulatorV2")
        .doesNotContain("MemcpyFromHost", "MemcpyToHost");
    assertThat(profile.nodes()).hasSizeGreaterThan(1000);
    assertThat(providers(profile)).containsExactly(expected());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyOperatorOfTheOptimizerRunsOnTheDevice(boolean sgd) throws Exception {
    TrainingDesign design = design(sgd);
    Path notes = Files.createDirectory(folder.resolve("notes"));
    try (TrainingSession session = open(design, notes)) {
      iterate(session, design);
      for (int step = 0; step < OPTIMIZER_STEPS; step++) {
        session.optimizerStep();
      }
    }
    RuntimeProfile profile = new RuntimeProfile(notes);
    assertThat(operators(profile))
        .contains(sgd ? "SGDOptimizerV2" : "AdamWOptimizer")
        .doesNotContain("MemcpyFromHost");
    // The condition of If, one bool an iteration, is read on the CPU.
    assertThat(
            profile.nodes().stream()
                .filter(node -> RuntimeProfile.operator(node).equals("MemcpyToHost"))
                .map(node -> node.path("name").asText())
                .distinct())
        .hasSize(sgd && TestDevice.cuda().isPresent() ? 1 : 0);
    assertThat(providers(profile)).containsExactly(expected());
  }

  private static String expected() {
    return TestDevice.cuda().isPresent() ? "CUDAExecutionProvider" : "CPUExecutionProvider";
  }

  private static Set<String> operators(RuntimeProfile profile) {
    return profile.nodes().stream()
        .map(RuntimeProfile::operator)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> providers(RuntimeProfile profile) {
    return profile.nodes().stream()
        .map(RuntimeProfile::provider)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TrainingDesign design(boolean sgd) {
    return new TrainingDesign(
        new NetworkSpec(4, 2, SIZE, SIZE),
        0.1,
        sgd ? new Optimizer.Sgd(0.9, 5e-5) : new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01));
  }

  private TrainingSession open(TrainingDesign design, Path notes) throws Exception {
    Graph graph = SemiMoeGraphs.training(design);
    ArtifactWriter.write(folder, design, graph);
    ArtifactWriter.writeInitialCheckpoint(folder.resolve("checkpoint"), graph, 1);
    return TrainingSession.open(folder, TestDevice.settings(Optional.of(notes.resolve("profile"))));
  }

  private static void iterate(TrainingSession session, TrainingDesign design) {
    int pixels = design.network().batch() * SIZE * SIZE;
    float[] units = new float[design.network().batch() * 3 * design.network().gateUnits()];
    float[] none = new float[0];
    new NetworkTrainer(
            session,
            design,
            AdaptiveMultiObjectiveLoss.initial(
                new AdaptiveMultiObjectiveLoss.Settings(
                    new TaskValues(1, 0.5, 1), 0.4, 1, 0.05, 5e-5)))
        .iterate(
            new PassInputs(
                new float[3 * pixels],
                new float[pixels],
                new float[pixels],
                new float[pixels],
                units),
            Optional.of(new PassInputs(new float[3 * pixels], none, none, none, units)),
            0.25,
            1e-3);
  }
}
