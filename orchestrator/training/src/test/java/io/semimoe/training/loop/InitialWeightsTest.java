package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.AtomicFile;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.WeightAverage;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.run.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InitialWeightsTest {
  @TempDir private Path folder;

  @Test
  void withoutACheckpointTheSeedDrawsThem() throws Exception {
    TrainingConfiguration configuration = configuration("seed=5");
    Graph graph = graph(configuration);

    InitialWeights weights = InitialWeights.of(configuration);

    assertThat(variables(graph))
        .isNotEmpty()
        .allSatisfy(v -> assertThat(weights.values(v)).isEqualTo(v.initialValues(5)));
  }

  @Test
  void aCheckpointGivesThemAllWhateverTheSizeOfItsImagesAndItsPasses() throws Exception {
    Path file = checkpoint(configuration("network.size=32", "jointPass=false"));
    TrainingConfiguration configuration = configuration("seed=5", "initialCheckpoint=" + file);
    Graph graph = graph(configuration);

    InitialWeights weights = InitialWeights.of(configuration);

    assertThat(variables(graph))
        .isNotEmpty()
        .allSatisfy(v -> assertThat(weights.values(v)).isEqualTo(valuesByName(v)));
  }

  @Test
  void ofACheckpointThatHoldsAveragesTheyAreMeant() throws Exception {
    Path file = checkpoint(configuration("weightAverage=0.5"));

    for (String average : List.of("weightAverage=0.5", "weightAverage=0")) {
      TrainingConfiguration configuration = configuration(average, "initialCheckpoint=" + file);
      InitialWeights weights = InitialWeights.of(configuration);
      assertThat(variables(graph(configuration)))
          .isNotEmpty()
          .allSatisfy(
              v ->
                  assertThat(weights.values(v))
                      .contains(("average." + WeightAverage.source(v.name())).hashCode()));
    }
  }

  @Test
  void aTrainingThatAveragesMayBeginWithACheckpointWithoutAverages() throws Exception {
    Path file = checkpoint(configuration());
    TrainingConfiguration configuration =
        configuration("weightAverage=0.5", "initialCheckpoint=" + file);

    InitialWeights weights = InitialWeights.of(configuration);

    assertThat(variables(graph(configuration)))
        .anyMatch(v -> v.name().startsWith(WeightAverage.PREFIX))
        .allSatisfy(
            v -> assertThat(weights.values(v)).contains(WeightAverage.source(v.name()).hashCode()));
  }

  @Test
  void whatTakesThePlaceOfTheCheckpointLaterCountsForNothing() throws Exception {
    Path file = checkpoint(configuration("network.size=32"));
    String hash = Provenance.hashOfFile(file);
    InitialWeights weights = InitialWeights.of(configuration("initialCheckpoint=" + file));
    Graph graph = graph(configuration());

    AtomicFile.write(
        file, written -> CheckpointFile.write(written, graph, v -> v.initialValues(2)));

    assertThat(Provenance.hashOfFile(file)).isNotEqualTo(hash);
    assertThat(weights.checkpointSha256()).contains(hash);
    assertThat(variables(graph))
        .isNotEmpty()
        .allSatisfy(v -> assertThat(weights.values(v)).isEqualTo(valuesByName(v)));
  }

  @Test
  void aCheckpointOfAnotherWidthIsRefused() throws Exception {
    Path file = checkpoint(configuration("network.width=8"));

    assertRefused(
        file,
        "expected the weights of a network with network.width 4",
        "found one of shape [8, 3, 3, 3]",
        "set network.width");
  }

  @Test
  void aCheckpointWithoutTheNormalisationThatIsAskedForIsRefusedAtOnce() throws Exception {
    Path file = checkpoint(configuration());
    TrainingConfiguration configuration =
        configuration("initialCheckpoint=" + file, "data.normalization.kind=checkpoint");

    assertThatThrownBy(() -> InitialWeights.of(configuration))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": is no checkpoint of a run: it holds no training state");
  }

  @Test
  void aFileThatIsNoCheckpointIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("weights"), "no checkpoint");

    assertRefused(text, "expected a checkpoint of ONNX Runtime Training", "checkpoints/best");
    assertRefused(folder, "it is a folder", "expected, as initialCheckpoint, a file");
    assertRefused(folder.resolve("nowhere"), "cannot be read", "checkpoints/best");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDeviceIsRefused() {
    assertRefused(Path.of("/dev/zero"), "it is a device or a pipe", "checkpoints/best");
  }

  private static void assertRefused(Path file, String... message) {
    TrainingConfiguration configuration = configuration("initialCheckpoint=" + file);
    assertThatThrownBy(() -> InitialWeights.of(configuration))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(message)
        .hasMessageStartingWith(file.toString());
  }

  /** Writes values that no run begins with, others for each parameter and running statistic. */
  private Path checkpoint(TrainingConfiguration configuration) throws Exception {
    Path file = folder.resolve("checkpoint");
    CheckpointFile.write(file, graph(configuration), InitialWeightsTest::valuesByName);
    return file;
  }

  private static float[] valuesByName(Variable variable) {
    float[] values = variable.initialValues(1);
    Arrays.fill(values, variable.name().hashCode());
    return values;
  }

  private static TrainingConfiguration configuration(String... settings) {
    List<String> all = new ArrayList<>(List.of("network.width=4", "network.size=16"));
    all.addAll(List.of(settings));
    return ConfigurationLoader.load(Optional.of("demo"), Optional.empty(), all);
  }

  private static Graph graph(TrainingConfiguration configuration) {
    return SemiMoeGraphs.training(Designs.training(configuration));
  }

  private static List<Variable> variables(Graph graph) {
    return Stream.concat(graph.parameters().stream(), graph.states().stream()).toList();
  }
}
