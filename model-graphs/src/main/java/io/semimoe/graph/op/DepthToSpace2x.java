package io.semimoe.graph.op;

import java.util.List;

/**
 * Interleaves four groups of channels to an image twice as high and wide: X [N, 4C, H, W] to Y [N,
 * C, 2H, 2W] with Y[n, c, 2i + a, 2j + b] = X[n, (2a + b) · C + c, i, j].
 */
public record DepthToSpace2x() implements Op {

  @Override
  public String type() {
    return "DepthToSpace";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.images(this, inputs.get(0), inputs);
    Shape x = inputs.get(0).shape();
    Expect.that(x.dim(1) % 4 == 0, this, "a number of channels divisible by 4", inputs);
    return List.of(
        TensorType.floats(x.with(1, x.dim(1) / 4).with(2, 2 * x.dim(2)).with(3, 2 * x.dim(3))));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("blocksize", 2);
    encoding.attribute("mode", "DCR");
  }
}
