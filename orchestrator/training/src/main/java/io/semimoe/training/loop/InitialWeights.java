package io.semimoe.training.loop;

import com.google.common.hash.Hashing;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.RegularFile;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.artifact.WeightAverage;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.configuration.NormalizationSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters and running statistics that a training begins with: drawn with the seed, or those
 * of the file {@code initialCheckpoint}. The file is opened once, and everything is of that one
 * content, also where another training replaces it meanwhile.
 */
public final class InitialWeights {
  private static final String EXPECTED =
      "expected, as initialCheckpoint, a file checkpoints/best or checkpoints/latest of a run";

  private final long seed;
  private final Optional<Source> source;

  /** A checkpoint, the hash of its file, and the tensors of its network by name. */
  private record Source(
      Path file, String sha256, Checkpoint checkpoint, Map<String, CheckpointTensor> tensors) {

    /** Returns what a variable begins with, an average like what it averages; or null. */
    CheckpointTensor tensor(Variable variable) {
      return tensors.get(WeightAverage.source(variable.name()));
    }
  }

  private InitialWeights(long seed, Optional<Source> source) {
    this.seed = seed;
    this.source = source;
  }

  /**
   * Reads and checks what the configuration tells.
   *
   * @throws DataException if the checkpoint cannot be read, is of another network, or tells no
   *     normalisation where it is to
   */
  static InitialWeights of(TrainingConfiguration configuration) throws DataException {
    if (configuration.initialCheckpoint().isEmpty()) {
      return new InitialWeights(configuration.seed(), Optional.empty());
    }
    Source source = read(configuration.initialCheckpoint().get());
    check(source, configuration);
    InitialWeights weights = new InitialWeights(configuration.seed(), Optional.of(source));
    if (configuration.data().normalization().kind() == NormalizationSettings.Kind.CHECKPOINT) {
      weights.normalization();
    }
    return weights;
  }

  private static Source read(Path file) throws DataException {
    try {
      RegularFile.length(file);
      ByteBuffer content = CheckpointFile.map(file);
      Checkpoint checkpoint = CheckpointFile.read(file, content);
      return new Source(
          file,
          Hashing.sha256().hashBytes(content.duplicate()).toString(),
          checkpoint,
          checkpoint.network());
    } catch (IOException e) {
      throw new DataException(
          file, "cannot be read: " + FileFailure.reason(e) + "; " + EXPECTED, e);
    }
  }

  private static void check(Source source, TrainingConfiguration configuration)
      throws DataException {
    Graph training = SemiMoeGraphs.training(Designs.training(configuration));
    for (Variable variable :
        Stream.concat(training.parameters().stream(), training.states().stream()).toList()) {
      CheckpointTensor tensor = source.tensor(variable);
      if (tensor == null || !tensor.shape().equals(variable.value().shape())) {
        throw new DataException(
            source.file(),
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
  }

  /**
   * Returns the elements of a parameter or running statistic of the network, in row-major order.
   */
  float[] values(Variable variable) {
    return source.isPresent()
        ? source.get().tensor(variable).values()
        : variable.initialValues(seed);
  }

  /**
   * Returns the normalisation of the run that wrote the checkpoint.
   *
   * @throws DataException if the checkpoint tells none
   */
  Normalization normalization() throws DataException {
    Source from = source.orElseThrow();
    return CheckpointFiles.saved(from.file(), from.checkpoint()).state().normalization();
  }

  /** Returns the SHA-256 of the file of the checkpoint, if there is one to begin with. */
  public Optional<String> checkpointSha256() {
    return source.map(Source::sha256);
  }
}
