package io.semimoe.graph.op;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * Convolution (cross-correlation) with stride 1 and zero padding: X [N, C, H, W], W [M, C, k, k]
 * and, optionally, B [M] to Y [N, M, H + 2p − k + 1, W + 2p − k + 1].
 *
 * @param kernel side length k of the kernel, at least 1
 * @param padding rows and columns p of zeros on each side, 0 to k − 1
 */
public record Conv(int kernel, int padding) implements Op {

  /** Checks the sizes. */
  public Conv {
    checkArgument(kernel > 0, "expected a kernel size of 1 or more, found %s", kernel);
    checkArgument(
        padding >= 0 && padding < kernel,
        "expected a padding of 0 to %s for a kernel size of %s, found %s",
        kernel - 1,
        kernel,
        padding);
  }

  /** Returns the convolution with a kernel of an odd size that keeps height and width. */
  public static Conv same(int kernel) {
    checkArgument(kernel % 2 == 1, "expected an odd kernel size, found %s", kernel);
    return new Conv(kernel, kernel / 2);
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
    Expect.that(
        Math.min(x.dim(2), x.dim(3)) + 2 * padding >= kernel,
        this,
        "a padded image of at least " + kernel + " x " + kernel,
        inputs);
    return List.of(TensorType.floats(output(x, w.dim(0))));
  }

  /** Returns the shape of Y for that of X. */
  Shape output(Shape x, int channels) {
    int growth = 2 * padding - kernel + 1;
    return x.with(1, channels).with(2, x.dim(2) + growth).with(3, x.dim(3) + growth);
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encodeGeometry(encoding);
  }

  /** Explicit geometry, which the backward kernels need: automatic padding is silently wrong. */
  void encodeGeometry(NodeEncoding encoding) {
    encoding.attribute("kernel_shape", new long[] {kernel, kernel});
    encoding.attribute("pads", new long[] {padding, padding, padding, padding});
    encoding.attribute("strides", new long[] {1, 1});
    encoding.attribute("dilations", new long[] {1, 1});
    encoding.attribute("group", 1);
  }
}
