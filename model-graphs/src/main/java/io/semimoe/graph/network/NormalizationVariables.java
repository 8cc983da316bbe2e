package io.semimoe.graph.network;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Shape;

/**
 * What a batch normalisation keeps, float32 [C] each.
 *
 * @param scale learned factor
 * @param bias learned shift
 * @param mean running mean
 * @param variance running variance
 */
record NormalizationVariables(Value scale, Value bias, Value mean, Value variance) {
  /** Added to variances. */
  static final float EPSILON = 1e-5f;

  /** Returns those of the normalisation {@code name} of maps with {@code channels} channels. */
  static NormalizationVariables of(Graph graph, String name, int channels) {
    Shape shape = Shape.of(channels);
    Initialization zero = new Initialization.Constant(0);
    Initialization one = new Initialization.Constant(1);
    return new NormalizationVariables(
        graph.parameter(name + ".weight", shape, one),
        graph.parameter(name + ".bias", shape, zero),
        graph.state(name + ".running_mean", shape, zero),
        graph.state(name + ".running_var", shape, one));
  }
}
