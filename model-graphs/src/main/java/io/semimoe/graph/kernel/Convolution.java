package io.semimoe.graph.kernel;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.semimoe.graph.op.Shape;
import java.util.Optional;

/**
 * A convolution of stride 1 with a square kernel and equal padding on all sides.
 *
 * @param x images, [N, C, H, W]
 * @param w weights, [M, C, k, k]
 * @param y result, [N, M, H + 2p − k + 1, W + 2p − k + 1]
 * @param padding rows and columns of zeros p on each side
 */
record Convolution(Shape x, Shape w, Shape y, int padding) {
  /**
   * Reads the attributes of Conv or ConvGrad.
   *
   * @return nothing if it is another kind of convolution
   */
  static Optional<Convolution> of(NodeProto node, Shape x, Shape w, Shape y) {
    int padding = padding(node);
    int kernel = w.dim(2);
    int growth = 2 * padding - kernel + 1;
    Shape expected = x.with(1, w.dim(0)).with(2, x.dim(2) + growth).with(3, x.dim(3) + growth);
    return padding >= 0
            && padding < kernel
            && kernel == w.dim(3)
            && x.dim(1) == w.dim(1)
            && expected.equals(y)
        ? Optional.of(new Convolution(x, w, y, padding))
        : Optional.empty();
  }

  int kernel() {
    return w.dim(2);
  }

  /** N · H · W of the result. */
  int pixels() {
    return y.dim(0) * y.dim(2) * y.dim(3);
  }

  /** Returns the padding if it is given and the same on all four sides, else −1. */
  private static int padding(NodeProto node) {
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals("pads"))
        .map(AttributeProto::getIntsList)
        .filter(pads -> pads.size() == 4 && pads.stream().distinct().count() == 1)
        .mapToInt(pads -> Math.toIntExact(pads.get(0)))
        .findFirst()
        .orElse(-1);
  }
}
