package io.semimoe.graph.op;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * Cuts off the border of an image: X [N, C, H + 2b, W + 2b] to Y [N, C, H, W].
 *
 * @param border rows and columns b that each side loses, at least 1
 */
public record Crop(int border) implements Op {

  /** Checks the size. */
  public Crop {
    checkArgument(border > 0, "expected a border of 1 or more, found %s", border);
  }

  @Override
  public String type() {
    return "Slice";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.images(this, inputs.get(0), inputs);
    Shape x = inputs.get(0).shape();
    Expect.that(
        Math.min(x.dim(2), x.dim(3)) > 2 * border,
        this,
        "an image of more than " + 2 * border + " rows and columns",
        inputs);
    return List.of(
        TensorType.floats(x.with(2, x.dim(2) - 2 * border).with(3, x.dim(3) - 2 * border)));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.constant(Constant.longs(border, border));
    encoding.constant(Constant.longs(-border, -border));
    encoding.constant(Constant.longs(2, 3));
  }
}
