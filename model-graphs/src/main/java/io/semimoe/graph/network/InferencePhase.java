package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.conv;
import static io.semimoe.graph.Operators.globalAveragePool;
import static io.semimoe.graph.Operators.upsample;

import io.semimoe.graph.Value;
import io.semimoe.graph.op.BatchNormalization;
import java.util.List;

/**
 * Batch normalisation by the running statistics; upsampling and convolution apart, as tools expect.
 */
final class InferencePhase implements Phase {
  @Override
  public Value normalized(Value x, String name) {
    NormalizationVariables v = NormalizationVariables.of(x.graph(), name, x.shape().dim(1));
    return x.graph()
        .apply(
            new BatchNormalization(NormalizationVariables.EPSILON),
            List.of(x, v.scale(), v.bias(), v.mean(), v.variance()))
        .get(0);
  }

  @Override
  public Value upConvolution(Value x, Value weight) {
    return conv(upsample(x), weight);
  }

  @Override
  public Value averaged(Value x) {
    return globalAveragePool(x);
  }
}
