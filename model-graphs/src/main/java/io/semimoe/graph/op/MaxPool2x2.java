package io.semimoe.graph.op;

import java.util.List;

/**
 * Max-pooling with a 2 × 2 window and stride 2: [N, C, H, W] with even H and W to [N, C, H/2, W/2].
 */
public record MaxPool2x2() implements Op {

  @Override
  public String type() {
    return "MaxPool";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(TensorType.floats(AveragePool2x2.halved(this, inputs)));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("kernel_shape", new long[] {2, 2});
    encoding.attribute("strides", new long[] {2, 2});
  }
}
