package io.semimoe.graph.op;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * Puts a border of zeros around an image: X [N, C, H, W] to Y [N, C, H + 2b, W + 2b].
 *
 * @param border rows and columns b that each side gains, at least 1
 */
public record Pad(int border) implements Op {

  /** Checks the size. */
  public Pad {
    checkArgument(border > 0, "expected a border of 1 or more, found %s", border);
  }

  @Override
  public String type() {
    return "Pad";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.images(this, inputs.get(0), inputs);
    Shape x = inputs.get(0).shape();
    return List.of(
        TensorType.floats(x.with(2, x.dim(2) + 2 * border).with(3, x.dim(3) + 2 * border)));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.constant(Constant.longs(0, 0, border, border, 0, 0, border, border));
  }
}
