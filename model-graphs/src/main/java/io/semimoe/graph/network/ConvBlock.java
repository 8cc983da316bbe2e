package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.relu;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Shape;
import java.util.function.BinaryOperator;

/** 3 × 3 convolution, batch normalisation, ReLU. The convolution needs no bias before it. */
final class ConvBlock {
  private ConvBlock() {}

  /** Returns the activation [N, channels, H, W] for x [N, C, H, W]. */
  static Value apply(Value x, String name, int channels, Phase phase) {
    return apply(x, name, channels, phase, Operators::conv);
  }

  /** Returns the activation [N, channels, 2H, 2W] for x [N, C, H, W] upsampled by 2. */
  static Value upsampled(Value x, String name, int channels, Phase phase) {
    return apply(x, name, channels, phase, phase::upConvolution);
  }

  private static Value apply(
      Value x, String name, int channels, Phase phase, BinaryOperator<Value> convolution) {
    Graph graph = x.graph();
    return graph.scoped(
        name,
        () -> {
          Value weight =
              graph.parameter(
                  name + ".conv.weight",
                  Shape.of(channels, x.shape().dim(1), 3, 3),
                  new Initialization.KaimingNormal());
          return relu(phase.normalized(convolution.apply(x, weight), name + ".bn"));
        });
  }

  /** Returns two blocks in a row, named {@code name.0} and {@code name.1}. */
  static Value twice(Value x, String name, int channels, Phase phase) {
    return apply(apply(x, name + ".0", channels, phase), name + ".1", channels, phase);
  }
}
