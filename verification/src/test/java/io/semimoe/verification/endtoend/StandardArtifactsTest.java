package io.semimoe.verification.endtoend;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.common.collect.MapDifference;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.ModelExport;
import io.semimoe.training.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The models that a run is trained from are sound ONNX, declare what the runtime finds, and leave
 * the weights to the checkpoint.
 */
class StandardArtifactsTest {
  private static final String SGD = "sgd";
  private static final String ADAMW = "adamw";
  private static final String TRAINING = "training_model.onnx";
  private static final String EVALUATION = "eval_model.onnx";
  private static final String OPTIMIZER = "optimizer_model.onnx";
  private static final String OPEN_EXPORT = "model.onnx";
  private static final String STATIC_EXPORT = "model-static.onnx";

  /** Inputs of the training model that are neither variables nor gradient buffers. */
  private static final Map<String, Set<String>> FED =
      Map.of(
          SGD,
          Set.of(
              "image",
              "dropout",
              "mask",
              "sdf",
              "boundary",
              "use_pseudo_labels",
              "loss_weights",
              "lazy_reset_grad"),
          ADAMW,
          Set.of(
              "image",
              "mask",
              "sdf",
              "boundary",
              "use_pseudo_labels",
              "loss_weights",
              "lazy_reset_grad"));

  /** A model of one of the runs. */
  private record Artifact(String run, String file) {
    ModelProto read() throws IOException {
      RunFolder of = RUNS.get(run);
      boolean exported = file.equals(OPEN_EXPORT) || file.equals(STATIC_EXPORT);
      return ModelProto.parseFrom(
          Files.readAllBytes((exported ? of.export() : of.checkpoints()).resolve(file)));
    }
  }

  @TempDir private static Path folder;

  private static final Map<String, RunFolder> RUNS = new HashMap<>();
  private static Path split;

  @BeforeAll
  static void train() throws Exception {
    split = SmallTraining.writeData(folder.resolve("data"));
    for (String run : List.of(SGD, ADAMW)) {
      TrainingConfiguration configuration = configuration(run, 1);
      RUNS.put(run, SmallTraining.train(configuration, folder.resolve(run)));
      ModelExport.write(configuration, RUNS.get(run).latestCheckpoint(), RUNS.get(run).export());
    }
  }

  @ParameterizedTest
  @MethodSource("allModels")
  void followsTheRulesOfOnnx(Artifact artifact) throws Exception {
    assertThat(OnnxChecker.problems(artifact.read())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("allModels")
  void declaresTheTypesThatTheRuntimeReports(Artifact artifact) throws Exception {
    Map<String, String> declared = DeclaredTypes.atTheEnds(artifact.read());
    if (artifact.equals(new Artifact(SGD, OPTIMIZER))) {
      // The runtime contradicts itself: the flag of SGDOptimizerV2 is reported without a dimension,
      // and has one. The declaration is that of the tensor.
      declared.put("updated", "BOOL[]");
    }
    assertNoDifference(declared, RuntimeTypes.reported(artifact.read()));
  }

  @ParameterizedTest
  @MethodSource("modelsOfFixedShape")
  void declaresTheTypesOfAllTensorsOfARun(Artifact artifact) throws Exception {
    Map<String, String> declared = DeclaredTypes.ofNodes(artifact.read());
    assertThat(declared).hasSizeGreaterThan(200);
    assertNoDifference(declared, RuntimeTypes.ofARun(artifact.read()));
  }

  @ParameterizedTest
  @ValueSource(strings = {SGD, ADAMW})
  void theWeightsAreInTheCheckpointAlone(String run) throws Exception {
    Map<String, String> variables = variables(RUNS.get(run).latestCheckpoint());
    Set<String> parameters =
        CheckpointFile.read(RUNS.get(run).latestCheckpoint()).parameters().stream()
            .map(CheckpointTensor::name)
            .collect(toSet());
    ModelProto training = new Artifact(run, TRAINING).read();
    ModelProto evaluation = new Artifact(run, EVALUATION).read();
    for (ModelProto model : List.of(training, evaluation)) {
      assertThat(initializers(model)).isNotEmpty().doesNotContainAnyElementsOf(variables.keySet());
      assertThat(DeclaredTypes.atTheEnds(model)).containsAllEntriesOf(variables);
    }
    Set<String> buffers =
        parameters.stream().map(p -> p + "_grad.accumulation.buffer").collect(toSet());
    assertThat(Set.copyOf(inputs(training)))
        .isEqualTo(Sets.union(Sets.union(FED.get(run), buffers), variables.keySet()));
    assertThat(inputs(evaluation).get(0)).isEqualTo("image");
    assertThat(inputs(evaluation).subList(1, inputs(evaluation).size()))
        .as("the runtime binds them by position")
        .isEqualTo(inputs(training).stream().filter(variables::containsKey).toList());
  }

  /** SGD has one moment for each parameter, its velocity; AdamW has two. */
  @Test
  void theMomentsAreInTheCheckpoint() throws Exception {
    for (String run : List.of(SGD, ADAMW)) {
      Path file = RUNS.get(run).latestCheckpoint();
      Checkpoint checkpoint = CheckpointFile.read(file);
      long parameters = 4 * elements(checkpoint.parameters());
      long beside = Files.size(file) - parameters - 4 * elements(checkpoint.states());
      assertThat((double) beside / parameters)
          .as("bytes of %s beside parameters and states, by those of the parameters", run)
          .isBetween(run.equals(SGD) ? 1.0 : 2.0, run.equals(SGD) ? 1.5 : 2.5);
    }
  }

  @Test
  void theModelsAreTheSameWhateverTheWeights() throws Exception {
    TrainingConfiguration configuration = configuration(SGD, 2);
    RunFolder other = RunFolder.create(folder.resolve("other"), false);
    SmallTraining.start(configuration, other, List.of()).close();

    for (String file : List.of(TRAINING, EVALUATION, OPTIMIZER)) {
      assertThat(Files.mismatch(path(SGD, file), other.checkpoints().resolve(file)))
          .as("first byte of %s that differs", file)
          .isEqualTo(-1);
    }
    Path latest = RUNS.get(SGD).latestCheckpoint();
    assertThat(variables(other.latestCheckpoint())).isEqualTo(variables(latest));
    Map<String, float[]> first = parameters(latest);
    parameters(other.latestCheckpoint())
        .forEach((name, values) -> assertThat(Arrays.equals(values, first.get(name))).isFalse());
  }

  static Stream<Artifact> allModels() {
    return Stream.of(SGD, ADAMW)
        .flatMap(
            run ->
                Stream.of(TRAINING, EVALUATION, OPTIMIZER, OPEN_EXPORT, STATIC_EXPORT)
                    .map(file -> new Artifact(run, file)));
  }

  static Stream<Artifact> modelsOfFixedShape() {
    return allModels().filter(a -> !a.file().equals(OPTIMIZER) && !a.file().equals(OPEN_EXPORT));
  }

  private static TrainingConfiguration configuration(String run, int seed) {
    List<String> settings =
        run.equals(SGD)
            ? List.of("epochs=1", "seed=" + seed)
            : List.of(
                "epochs=1",
                "seed=" + seed,
                "optimizer.kind=adamw",
                "network.dropout=0",
                "batchSize=3");
    return SmallTraining.configuration(split, settings);
  }

  private static Path path(String run, String file) {
    return RUNS.get(run).checkpoints().resolve(file);
  }

  private static List<String> inputs(ModelProto model) {
    return model.getGraph().getInputList().stream().map(ValueInfoProto::getName).toList();
  }

  private static List<String> initializers(ModelProto model) {
    return model.getGraph().getInitializerList().stream().map(TensorProto::getName).toList();
  }

  /** Returns the types of the parameters and states of a checkpoint. */
  private static Map<String, String> variables(Path file) throws IOException {
    Checkpoint checkpoint = CheckpointFile.read(file);
    return Stream.concat(checkpoint.parameters().stream(), checkpoint.states().stream())
        .collect(
            toMap(CheckpointTensor::name, t -> "FLOAT" + Arrays.toString(t.shape().toLongArray())));
  }

  private static long elements(List<CheckpointTensor> tensors) {
    return tensors.stream().mapToLong(t -> t.shape().elements()).sum();
  }

  private static Map<String, float[]> parameters(Path file) throws IOException {
    return CheckpointFile.read(file).parameters().stream()
        .collect(toMap(CheckpointTensor::name, CheckpointTensor::values));
  }

  private static void assertNoDifference(Map<String, String> declared, Map<String, String> found) {
    MapDifference<String, String> difference = Maps.difference(declared, found);
    assertThat(difference.areEqual()).as("declared and found: %s", difference).isTrue();
  }
}
