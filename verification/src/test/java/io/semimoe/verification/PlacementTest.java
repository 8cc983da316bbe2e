package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.BatchInputs;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * runtime's own notes, so that data stay there: none falls back to the CPU, and but for the
 * learning rate and a few bools none copies between the two.
 */
@Tag(TestDevice.TAG)
class PlacementTest {
  private static final int SIZE = 32;

  /** So many events that they outlast those of the training model where both share a file. */
  private static final int OPTIMIZER_STEPS = 3000;

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
        .contains("Conv", "BatchNormInternal", "BatchNormalizationGrad", "InPlaceAccumulatorV2");
    checkCopies(profile);
    checkProviders(profile);
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
    assertThat(operators(profile)).contains(sgd ? "SGDOptimizerV2" : "AdamWOptimizer");
    checkCopies(profile);
    checkProviders(profile);
  }

  /**
   * The learning rate goes up, to be compared with that of a trial, and what it makes of the rate
   * comes down; the conditions of the optimizer's choices and their results are read on the CPU.
   */
  private static void checkCopies(RuntimeProfile profile) {
    List<JsonNode> copies =
        profile.nodes().stream()
            .filter(node -> RuntimeProfile.operator(node).startsWith("Memcpy"))
            .toList();
    assertThat(copies.stream().map(node -> node.path("name").asText()).distinct())
        .hasSizeLessThanOrEqualTo(4);
    assertThat(copies)
        .extracting(node -> node.path("args").path("output_size").asInt())
        .allMatch(bytes -> bytes <= Float.BYTES);
  }

  private static String expected() {
    return TestDevice.cuda().isPresent() ? "CUDAExecutionProvider" : "CPUExecutionProvider";
  }

  private static Set<String> operators(RuntimeProfile profile) {
    return profile.nodes().stream()
        .map(RuntimeProfile::operator)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * All but what reshapes the flag by which the optimizer's steps wait for each other, and denies
   * it in a trial.
   */
  private static void checkProviders(RuntimeProfile profile) {
    assertThat(
            profile.nodes().stream()
                .filter(node -> node.path("args").path("output_size").asInt() > 1)
                .map(RuntimeProfile::provider))
        .hasSizeGreaterThan(1000)
        .containsOnly(expected());
    assertThat(
            profile.nodes().stream()
                .filter(node -> !RuntimeProfile.provider(node).equals(expected()))
                .map(RuntimeProfile::operator))
        .allMatch(Set.of("Reshape", "And")::contains);
  }

  private static TrainingDesign design(boolean sgd) {
    return new TrainingDesign(
        new NetworkSpec(4, 2, SIZE, SIZE),
        2,
        0.1,
        sgd ? new Optimizer.Sgd(0.9, 5e-5) : new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01),
        true);
  }

  private TrainingSession open(TrainingDesign design, Path notes) throws Exception {
    return UntrainedNetwork.open(
        folder, design, 1, TestDevice.settings(Optional.of(notes.resolve("profile"))));
  }

  private static void iterate(TrainingSession session, TrainingDesign design) {
    int pixels = design.network().batch() * SIZE * SIZE;
    float[] units = new float[design.network().batch() * 3 * design.network().gateUnits()];
    float[] none = new float[0];
    UntrainedNetwork.trainer(session, design)
        .iterate(
            new BatchInputs(
                new float[3 * pixels],
                new float[pixels],
                new float[pixels],
                new float[pixels],
                units),
            Optional.of(new BatchInputs(new float[3 * pixels], none, none, none, units)),
            0.25,
            1e-3,
            0.5);
  }
}
