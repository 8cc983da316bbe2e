package io.semimoe.graph.artifact;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters and states of a network, as a checkpoint file of ONNX Runtime Training keeps them.
 * Optimizer moments, which only the runtime needs, are not read.
 *
 * @param parameters learned parameters
 * @param states what is kept but not learned: running statistics, velocities
 */
public record Checkpoint(List<CheckpointTensor> parameters, List<CheckpointTensor> states) {

  /** Copies the lists. */
  public Checkpoint {
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
  }

  /**
   * Returns the values of each tensor by name.
   *
   * @return a function that throws {@link IllegalArgumentException} for a name that is not in the
   *     checkpoint
   */
  public Function<String, float[]> contents() {
    ImmutableMap<String, float[]> byName =
        Stream.concat(parameters.stream(), states.stream())
            .collect(
                Collectors.collectingAndThen(
                    Collectors.toMap(CheckpointTensor::name, CheckpointTensor::values),
                    ImmutableMap::copyOf));
    return name -> {
      float[] values = byName.get(name);
      checkArgument(values != null, "the checkpoint has no tensor '%s'", name);
      return values;
    };
  }
}
