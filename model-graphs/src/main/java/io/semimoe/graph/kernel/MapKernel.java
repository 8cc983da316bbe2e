package io.semimoe.graph.kernel;

import static io.semimoe.graph.kernel.ModelEditor.node;
import static io.semimoe.graph.onnx.AttributeProtos.integer;
import static io.semimoe.graph.onnx.AttributeProtos.integers;

import io.semimoe.graph.op.Shape;

/**
 * The gradient of a convolution's weights as a convolution by a kernel as large as the map: dW[m,
 * c, i, j] = Σ dY[m, n, y, x] · X[c, n, y + i − p, x + j − p], of X, with the images of the batch
 * for channels, by dY. With the channels of X innermost, [N, H, W · C], and a dilation of C, it is
 * one convolution whose output [M, k, k · C] is dW. Either X or dY can be the kernel; the one with
 * more channels is.
 */
final class MapKernel {
  private final ModelEditor graph;
  private final BlockedConvolutions blocked;

  MapKernel(ModelEditor graph, BlockedConvolutions blocked) {
    this.graph = graph;
    this.blocked = blocked;
  }

  /** Makes the gradient {@code dW} of the weights. */
  void weightGradient(Convolution conv, String dY, String x, String dW) {
    boolean isKernelX = conv.w().dim(1) > conv.w().dim(0);
    String wide = isKernelX ? dY : x;
    String kernel = isKernelX ? x : dY;
    Shape image = graph.shape(wide);
    Shape map = graph.shape(kernel);
    int n = image.dim(0);
    int c = image.dim(1);
    int m = map.dim(1);
    int size = conv.kernel();
    long margin = isKernelX ? size - 1 - conv.padding() : conv.padding();
    String rows = graph.reshape(blocked.channelsLast(wide), 1, n, image.dim(2), image.dim(3) * c);
    String taps = graph.transpose(kernel, Shape.of(m, n, map.dim(2), map.dim(3)), 1, 0, 2, 3);
    String y =
        graph.add(
            node("", "Conv", rows, taps)
                .addAttribute(integers("kernel_shape", map.dim(2), map.dim(3)))
                .addAttribute(integers("pads", margin, margin * c, margin, margin * c))
                .addAttribute(integers("strides", 1, 1))
                .addAttribute(integers("dilations", 1, c))
                .addAttribute(integer("group", 1)),
            Shape.of(1, m, size, size * c));
    String parts = graph.reshape(y, m, size, size, c);
    String last =
        isKernelX
            ? graph.reshape(graph.reversed(graph.reversed(parts, 1), 2), 1, m * size * size, 1, c)
            : parts;
    graph.makeReshaped(blocked.channelsFirst(last), conv.w(), dW);
  }
}
