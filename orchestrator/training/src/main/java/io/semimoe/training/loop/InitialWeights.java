package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters and running statistics that a training begins with. */
final class InitialWeights {
  private static final String EXPECTED =
      "expected, as initialCheckpoint, a file checkpoints/best or checkpoints/latest of a run";

  private InitialWeights() {}

  /**
   * Returns the elements of each parameter and running statistic of a training graph: those of
   * {@code initialCheckpoint}, or else drawn with the seed.
   *
   * @throws DataException if the checkpoint cannot be read or is of another network
   */
  static Function<Variable, float[]> of(TrainingConfiguration configuration, Graph training)
      throws DataException {
    Optional<Path> checkpoint = configuration.initialCheckpoint();
    if (checkpoint.isEmpty()) {
      return variable -> variable.initialValues(configuration.seed());
    }
    Map<String, CheckpointTensor> tensors = tensors(checkpoint.get());
    for (Variable variable :
        Stream.concat(training.parameters().stream(), training.states().stream()).toList()) {
      CheckpointTensor tensor = tensors.get(variable.name());
      if (tensor == null || !tensor.shape().equals(variable.value().shape())) {
        throw new DataException(
            checkpoint.get(),
            String.format(
                "expected the weights of a network with network.width %d, in which '%s' is of shape"
                    + " %s, found %s; set network.width as in the run that wrote the checkpoint, or"
                    + " leave initialCheckpoint out",
                configuration.network().width(),
                variable.name(),
                variable.value().shape(),
                tensor == null ? "none of that name" : "one of shape " + tensor.shape()));
      }
    }
    return variable -> tensors.get(variable.name()).values();
  }

  private static Map<String, CheckpointTensor> tensors(Path file) throws DataException {
    if (Files.isDirectory(file)) {
      throw new DataException(file, EXPECTED + ", found a folder");
    }
    try {
      Checkpoint checkpoint = CheckpointFile.read(file);
      return Stream.concat(checkpoint.parameters().stream(), checkpoint.states().stream())
          .collect(Collectors.toUnmodifiableMap(CheckpointTensor::name, Function.identity()));
    } catch (IOException e) {
      throw new DataException(
          file, "cannot be read: " + FileFailure.reason(e) + "; " + EXPECTED, e);
    }
  }
}
