package io.semimoe.graph.kernel;

import static io.semimoe.graph.kernel.ModelEditor.node;
import static io.semimoe.graph.onnx.AttributeProtos.integer;
import static io.semimoe.graph.onnx.AttributeProtos.integers;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Domain;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.HashMap;
import java.util.Map;

/**
 * Convolutions by the kernels of the operator set {@code com.microsoft.nchwc}. They take images in
 * blocks of B channels, [N, C/B, H, W, B] in memory, and weights [M/B, C/B, k, k, B of C, B of M],
 * and run near the arithmetic limit of the processor. ReorderInput and ReorderOutput change the
 * layout; they cost a tenth of the convolution or less. The weights are brought into their layout
 * by the same operator, applied twice.
 */
public final class BlockedConvolutions {
  private static final String DOMAIN = "com.microsoft.nchwc";

  private final ModelEditor graph;
  private final int block;

  /** Values that exist in blocks too, and their blocked form. */
  private final Map<String, String> blocked = new HashMap<>();

  /**
   * Prepares convolutions.
   *
   * @param block channels B in a block of this processor's kernels
   */
  BlockedConvolutions(ModelEditor graph, int block) {
    this.graph = graph;
    this.block = block;
  }

  /**
   * Returns a model that lays its only input, an image [1, channels, 1, width], out in blocks of
   * this processor's kernels: in memory, its output is [1, channels / B, 1, width, B].
   */
  public static ModelProto layoutOf(int channels, int width) {
    TensorType type = TensorType.floats(Shape.of(1, channels, 1, width));
    return ModelProto.newBuilder()
        .setIrVersion(OnnxModel.IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(Domain.ONNX.version()))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1))
        .setGraph(
            GraphProto.newBuilder()
                .setName("layout")
                .addInput(TensorProtos.info("x", type))
                .addOutput(TensorProtos.info("y", type))
                .addNode(node(DOMAIN, "ReorderInput", "x").setName("y").addOutput("y")))
        .build();
  }

  /** Returns whether the channels of images and result are whole blocks. */
  boolean fit(Convolution conv) {
    return conv.w().dim(0) % block == 0 && conv.w().dim(1) % block == 0;
  }

  /** Makes the result {@code y} of a convolution. */
  void result(Convolution conv, String x, String w, String y) {
    plain(convolve(blocked(x), weights(w, conv.w()), conv.padding(), conv.y()), y);
  }

  /**
   * Makes the gradient {@code dX} of the images: a convolution of dY with the weights turned by
   * 180° and their channels swapped.
   */
  void imageGradient(Convolution conv, String dY, String w, String dX) {
    int padding = conv.kernel() - 1 - conv.padding();
    plain(convolve(blocked(dY), turned(w, conv.w()), padding, conv.x()), dX);
  }

  /**
   * Makes the pixels {@code y} of groups of four channels, one for each place in a square of 2 × 2,
   * of whole blocks, which is faster than of single channels.
   *
   * @return whether {@code x} is at hand in blocks
   */
  boolean depthToSpace(String x, String y) {
    String source = blocked.get(x);
    if (source == null || graph.shape(source).dim(1) % (4 * block) != 0) {
      return false;
    }
    Shape shape = graph.shape(source);
    int n = shape.dim(0);
    int blocks = shape.dim(1) / 4 / block;
    int h = shape.dim(2);
    int w = shape.dim(3);
    String phases = graph.reshape(source, n, 2, 2, blocks, h, w, block);
    String interleaved =
        graph.transpose(phases, Shape.of(n, blocks, h, 2, w, 2, block), 0, 3, 4, 1, 5, 2, 6);
    plain(graph.reshape(interleaved, n, blocks * block, 2 * h, 2 * w), y);
    return true;
  }

  /**
   * Returns an image [N, C, H, W] as [N, H, W, C], if it has whole blocks in half the time of
   * Transpose. The attribute that says nothing keeps these blocks apart from those of the forward
   * pass, which would otherwise be kept until the backward one.
   */
  String channelsLast(String x) {
    Shape s = graph.shape(x);
    Shape last = Shape.of(s.dim(0), s.dim(2), s.dim(3), s.dim(1));
    if (s.dim(1) % block != 0) {
      return graph.transpose(x, last, 0, 2, 3, 1);
    }
    String blocks =
        graph.add(node(DOMAIN, "ReorderInput", x).addAttribute(integer("channels_last", 0)), s);
    return graph.add(
        node(DOMAIN, "ReorderOutput", blocks)
            .addAttribute(integer("channels", s.dim(1)))
            .addAttribute(integer("channels_last", 1)),
        last);
  }

  /** Returns an image [N, H, W, C] as [N, C, H, W], likewise. */
  String channelsFirst(String x) {
    Shape s = graph.shape(x);
    Shape first = Shape.of(s.dim(0), s.dim(3), s.dim(1), s.dim(2));
    if (s.dim(3) % block != 0) {
      return graph.transpose(x, first, 0, 3, 1, 2);
    }
    String blocks =
        graph.add(node(DOMAIN, "ReorderInput", x).addAttribute(integer("channels_last", 1)), first);
    return graph.add(
        node(DOMAIN, "ReorderOutput", blocks).addAttribute(integer("channels", s.dim(3))), first);
  }

  private String blocked(String x) {
    return graph.add(node(DOMAIN, "ReorderInput", x), graph.shape(x));
  }

  private void plain(String x, String value) {
    blocked.put(value, x);
    graph.make(
        node(DOMAIN, "ReorderOutput", x).addAttribute(integer("channels", graph.shape(x).dim(1))),
        value);
  }

  private String convolve(String x, String w, int padding, Shape output) {
    int kernel = graph.shape(w).dim(2);
    return graph.add(
        node(DOMAIN, "Conv", x, w)
            .addAttribute(integers("kernel_shape", kernel, kernel))
            .addAttribute(integers("pads", padding, padding, padding, padding))
            .addAttribute(integers("strides", 1, 1))
            .addAttribute(integers("dilations", 1, 1)),
        output);
  }

  /** Lays [M, C, k, k] out as [M/B, C/B, k, k, B of C, B of M]: blocks of C first, then of M. */
  private String weights(String w, Shape s) {
    int taps = s.dim(2) * s.dim(3);
    String ofC = blocked(graph.reshape(w, s.dim(0), s.dim(1), taps, 1));
    String both = blocked(graph.reshape(ofC, 1, s.dim(0), s.dim(1) * taps, 1));
    return graph.late(graph.reshape(both, s.dim(0), s.dim(1), s.dim(2), s.dim(3)));
  }

  /** Lays [M, C, k, k] out as [C/B, M/B, k, k, B of M, B of C], turned by 180°. */
  private String turned(String w, Shape s) {
    int taps = s.dim(2) * s.dim(3);
    int m = s.dim(0) / block;
    int c = s.dim(1) / block;
    String ofM = blocked(graph.reshape(w, 1, s.dim(0), s.dim(1) * taps, 1));
    String both = blocked(graph.reshape(ofM, m, s.dim(1), taps * block, 1));
    String blocks = graph.reshape(both, m, c, taps, block * block);
    String swapped = graph.transpose(blocks, Shape.of(c, m, taps, block * block), 1, 0, 2, 3);
    return graph.late(
        graph.reshape(graph.reversed(swapped, 2), s.dim(1), s.dim(0), s.dim(2), s.dim(3)));
  }
}
