package io.semimoe.graph.artifact;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a checkpoint file of ONNX Runtime Training holds of a network. Optimizer moments, which only
 * the runtime needs, and numbers among the properties are not read.
 *
 * @param parameters learned parameters
 * @param states what is kept but not learned: running statistics
 * @param texts properties that are texts, by name
 */
public record Checkpoint(
    List<CheckpointTensor> parameters, List<CheckpointTensor> states, Map<String, String> texts) {

  /** Copies lists and map. */
  public Checkpoint {
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
    texts = Map.copyOf(texts);
  }

  /**
   * Returns the tensors of the network that the checkpoint stands for, by the names of its
   * parameters and states: their {@linkplain WeightAverage averages} where it holds such, else
   * themselves.
   */
  public Map<String, CheckpointTensor> network() {
    return Stream.concat(parameters.stream(), states.stream())
        .collect(
            Collectors.toUnmodifiableMap(
                tensor -> WeightAverage.source(tensor.name()),
                Function.identity(),
                (one, other) -> one.name().startsWith(WeightAverage.PREFIX) ? one : other));
  }

  /**
   * Returns the values of each tensor of the {@link #network()} by name.
   *
   * @return a function that copies them at every call, and throws {@link IllegalArgumentException}
   *     for a name that is not in the checkpoint
   */
  public Function<String, float[]> contents() {
    Map<String, CheckpointTensor> network = network();
    return name -> {
      CheckpointTensor tensor = network.get(name);
      checkArgument(tensor != null, "the checkpoint has no tensor '%s'", name);
      return tensor.values();
    };
  }
}
