package io.semimoe.graph.op;

import java.util.List;

/**
 * Nearest-neighbour upsampling by 2: [N, C, H, W] to [N, C, 2H, 2W], each pixel becoming a 2 × 2
 * block.
 */
public record Upsample2x() implements Op {

  @Override
  public String type() {
    return "Resize";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.images(this, inputs.get(0), inputs);
    Shape x = inputs.get(0).shape();
    return List.of(TensorType.floats(x.with(2, 2 * x.dim(2)).with(3, 2 * x.dim(3))));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.absentInput();
    encoding.constant(Constant.floats(Shape.of(4), 1, 1, 2, 2));
    encoding.attribute("mode", "nearest");
    encoding.attribute("coordinate_transformation_mode", "asymmetric");
    encoding.attribute("nearest_mode", "floor");
  }
}
