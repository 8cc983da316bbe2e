package io.semimoe.graph.op;

import java.util.List;

/**
 * Max-pooling with a 2 × 2 window and stride 2: X [N, C, H, W] with even H and W to (Y [N, C, H/2,
 * W/2], int64 indices of the maxima in the flattened X, of the shape of Y).
 */
public record MaxPool2x2() implements Op {

  @Override
  public String type() {
    return "MaxPool";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Shape half = AveragePool2x2.halved(this, inputs);
    return List.of(TensorType.floats(half), new TensorType(ElementType.INT64, half));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("kernel_shape", new long[] {2, 2});
    encoding.attribute("strides", new long[] {2, 2});
  }

  @Override
  public boolean isOptional(int output) {
    return output == 1;
  }
}
