package io.semimoe.graph.op;

import java.util.List;

/**
 * Average pooling with a 2 × 2 window and stride 2: [N, C, H, W] with even H and W to [N, C, H/2,
 * W/2].
 */
public record AveragePool2x2() implements Op {

  @Override
  public String type() {
    return "AveragePool";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(TensorType.floats(halved(this, inputs)));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("kernel_shape", new long[] {2, 2});
    encoding.attribute("strides", new long[] {2, 2});
  }

  static Shape halved(Op op, List<TensorType> inputs) {
    Expect.floats(op, inputs, 1);
    Expect.images(op, inputs.get(0), inputs);
    Shape x = inputs.get(0).shape();
    Expect.that(
        x.dim(2) % 2 == 0 && x.dim(3) % 2 == 0, op, "an even height and an even width", inputs);
    return x.with(2, x.dim(2) / 2).with(3, x.dim(3) / 2);
  }
}
