package io.semimoe.graph.kernel;

import static io.semimoe.graph.kernel.ModelEditor.node;
import static io.semimoe.graph.onnx.AttributeProtos.integer;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.semimoe.graph.op.Shape;

/**
 * The gradients of a 1 × 1 convolution, as products of matrices over the H · W pixels: dX = wᵀ dY
 * and dW = Σ dY xᵀ, the sum over the images.
 */
final class PointwiseConvolution {
  private final ModelEditor graph;
  private final Convolution conv;
  private final int n;
  private final int m;
  private final int c;
  private final int pixels;

  PointwiseConvolution(ModelEditor graph, Convolution conv) {
    this.graph = graph;
    this.conv = conv;
    this.n = conv.y().dim(0);
    this.m = conv.w().dim(0);
    this.c = conv.w().dim(1);
    this.pixels = conv.y().dim(2) * conv.y().dim(3);
  }

  /** Makes the gradient {@code dX} of the images. */
  void imageGradient(String dY, String w, String dX) {
    Shape images = Shape.of(n, c, pixels);
    graph.makeReshaped(
        graph.product(graph.reshape(w, m, c), results(dY), 1, 0, images), conv.x(), dX);
  }

  /** Makes the gradient {@code dW} of the weights. */
  void weightGradient(String dY, String x, String dW) {
    Shape ofEach = Shape.of(n, m, c);
    String products = graph.product(results(dY), graph.reshape(x, n, c, pixels), 0, 1, ofEach);
    graph.makeReshaped(graph.add(sum(products, 0), Shape.of(m, c)), conv.w(), dW);
  }

  /** Makes the gradient {@code dB} of the bias. */
  void biasGradient(String dY, String dB) {
    graph.make(sum(results(dY), 0, 2), dB);
  }

  private String results(String dY) {
    return graph.reshape(dY, n, m, pixels);
  }

  private NodeProto.Builder sum(String x, long... axes) {
    return node("", "ReduceSum", x, graph.vector(axes)).addAttribute(integer("keepdims", 0));
  }
}
