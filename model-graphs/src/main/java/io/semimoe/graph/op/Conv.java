package io.semimoe.graph.op;

import com.google.common.base.Preconditions;
import java.util.List;

/**
 * Convolution (cross-correlation) with stride 1 and zero padding that keeps height and width: X [N,
 * C, H, W], W [M, C, k, k] and, optionally, B [M] to Y [N, M, H, W].
 *
 * @param kernel side length k of the kernel, odd
 */
public record Conv(int kernel) implements Op {
  public Conv {
    Preconditions.checkArgument(
        kernel > 0 && kernel % 2 == 1, "expected an odd kernel size, found %s", kernel);
  }

  @Override
  public String type() {
    return "Conv";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs);
    Expect.that(inputs.size() == 2 || inputs.size() == 3, this, "X, W and optionally B", inputs);
    Shape x = inputs.get(0).shape();
    Shape w = inputs.get(1).shape();
    Expect.images(this, inputs.get(0), inputs);
    Expect.that(
        w.rank() == 4 && w.dim(1) == x.dim(1) && w.dim(2) == kernel && w.dim(3) == kernel,
        this,
        "weights [M, C, " + kernel + ", " + kernel + "] with the channels of X",
        inputs);
    Expect.that(
        inputs.size() == 2 || inputs.get(2).shape().equals(Shape.of(w.dim(0))),
        this,
        "a bias [M]",
        inputs);
    return List.of(TensorType.floats(x.with(1, w.dim(0))));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encodeGeometry(encoding, kernel);
  }

  /** Explicit geometry, which the backward kernels need: automatic padding is silently wrong. */
  static void encodeGeometry(NodeEncoding encoding, int kernel) {
    long p = kernel / 2;
    encoding.attribute("kernel_shape", new long[] {kernel, kernel});
    encoding.attribute("pads", new long[] {p, p, p, p});
    encoding.attribute("strides", new long[] {1, 1});
    encoding.attribute("dilations", new long[] {1, 1});
    encoding.attribute("group", 1);
  }
}
