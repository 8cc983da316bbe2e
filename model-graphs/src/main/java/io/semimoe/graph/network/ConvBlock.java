package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.conv;
import static io.semimoe.graph.Operators.relu;
import static io.semimoe.graph.Operators.upsample;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.BatchNormInternal;
import io.semimoe.graph.op.BatchNormalization;
import io.semimoe.graph.op.Shape;
import java.util.List;
import java.util.function.BinaryOperator;

/** 3 × 3 convolution, batch normalisation, ReLU. The convolution needs no bias before it. */
final class ConvBlock {
  private static final float EPSILON = 1e-5f;

  /** Share of the old running statistics that is kept; PyTorch's momentum 0.1. */
  private static final float MOMENTUM = 0.9f;

  private ConvBlock() {}

  /** Returns the activation [N, channels, H, W] for x [N, C, H, W]. */
  static Value apply(Value x, String name, int channels, Phase phase) {
    return apply(x, name, channels, phase, Operators::conv);
  }

  /** Returns the activation [N, channels, 2H, 2W] for x [N, C, H, W] upsampled by 2. */
  static Value upsampled(Value x, String name, int channels, Phase phase) {
    return apply(
        x,
        name,
        channels,
        phase,
        phase == Phase.TRAINING
            ? UpConvolution::apply
            : (map, weight) -> conv(upsample(map), weight));
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
          return relu(normalized(convolution.apply(x, weight), name + ".bn", phase));
        });
  }

  /** Returns two blocks in a row, named {@code name.0} and {@code name.1}. */
  static Value twice(Value x, String name, int channels, Phase phase) {
    return apply(apply(x, name + ".0", channels, phase), name + ".1", channels, phase);
  }

  private static Value normalized(Value x, String name, Phase phase) {
    Graph graph = x.graph();
    Shape channel = Shape.of(x.shape().dim(1));
    Initialization zero = new Initialization.Constant(0);
    Initialization one = new Initialization.Constant(1);
    List<Value> operands =
        List.of(
            x,
            graph.parameter(name + ".weight", channel, one),
            graph.parameter(name + ".bias", channel, zero),
            graph.state(name + ".running_mean", channel, zero),
            graph.state(name + ".running_var", channel, one));
    return phase == Phase.TRAINING
        ? graph.apply(new BatchNormInternal(EPSILON, MOMENTUM), operands).get(0)
        : graph.apply(new BatchNormalization(EPSILON), operands).get(0);
  }
}
