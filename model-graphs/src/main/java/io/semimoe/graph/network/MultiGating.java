package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.conv;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.relu;
import static io.semimoe.graph.Operators.reshape;
import static io.semimoe.graph.Operators.softmax;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The gates: each turns the global average v of all experts' features into three weights. Vectors
 * are kept as images of one pixel, [N, C, 1, 1], and linear layers are 1 × 1 convolutions on them,
 * so that the graph holds for any batch size.
 */
final class MultiGating {
  private final Graph graph;
  private final Value average;
  private final int units;

  /**
   * Prepares the gates.
   *
   * @param features feature map [N, w, H, W] of each expert
   * @param phase averages the maps
   */
  MultiGating(List<Value> features, Phase phase) {
    this.graph = features.get(0).graph();
    this.average = concat(1, features.stream().map(phase::averaged).toList());
    this.units = average.shape().dim(1) / 2;
  }

  /**
   * Returns the weights p = softmax(W3 · dropout(h ⊙ softmax(W2 h))), h = ReLU(W1 v), of the
   * experts for one task.
   *
   * @param dropout factors [N, 3w/2, 1, 1] that the hidden units are multiplied by, if any
   * @return [N, 3, 1, 1], summing to 1 over the experts
   */
  Value weights(Task task, Optional<Value> dropout) {
    String name = "gating." + task.text();
    return graph.scoped(
        name,
        () -> {
          Value hidden = relu(linear(average, name + ".squeeze", units));
          Value attention = softmax(linear(hidden, name + ".attention", units), 1);
          Value attended = mul(hidden, attention);
          Value kept = dropout.map(factors -> mul(attended, factors)).orElse(attended);
          return softmax(linear(kept, name + ".select", Task.values().length), 1);
        });
  }

  private Value linear(Value x, String name, int outputs) {
    int inputs = x.shape().dim(1);
    Value weight =
        graph.parameter(
            name + ".weight", Shape.of(outputs, inputs), new Initialization.KaimingNormal());
    Value bias = graph.parameter(name + ".bias", Shape.of(outputs), new Initialization.Constant(0));
    return conv(x, reshape(weight, outputs, inputs, 1, 1), bias);
  }
}
