package io.semimoe.graph.kernel;

import static com.google.common.base.Preconditions.checkArgument;
import static io.semimoe.graph.kernel.ModelEditor.attribute;
import static io.semimoe.graph.kernel.ModelEditor.node;
import static io.semimoe.graph.kernel.ModelEditor.scalar;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Rewrites the convolutions of a training model, and their gradients, to what the CPU kernels of
 * ONNX Runtime do fastest. The results differ in rounding only.
 *
 * <p><b>Blocked.</b> The kernels of the operator set {@code com.microsoft.nchwc} convolve images in
 * blocks of B channels, [N, C/B, H, W, B] in memory, with weights [M/B, C/B, k, k, B of C, B of M],
 * near the arithmetic limit of the processor. ReorderInput and ReorderOutput change the layout;
 * they cost a tenth of the convolution or less. The weights are brought into their layout by the
 * same operator, applied twice.
 *
 * <p><b>Input gradient.</b> dX is a convolution of dY with the weights turned by 180° and their
 * channels swapped, blocked as well.
 *
 * <p><b>Weight gradient.</b> dW[m, c, i, j] = Σ dY[m, n, y, x] · X[c, n, y + i − p, x + j − p] is a
 * convolution too: of X, with the images of the batch for channels, by a kernel as large as the
 * map, dY. With the channels of X innermost, [N, H, W · C], and a dilation of C, it is one
 * convolution whose output [M, k, k · C] is dW. Either X or dY can be the kernel; the one with more
 * channels is.
 *
 * <p>Which form is faster depends on the size of the map and was measured, see the limits below.
 */
public final class CpuConvolutions {
  private static final String NCHWC = "com.microsoft.nchwc";
  private static final String MICROSOFT = "com.microsoft";

  /** Smallest N · H · W of the output for which blocked convolutions pay for their layout. */
  private static final int BLOCKED_PIXELS = 128;

  /** Smallest N · H · W of the output for which the weight gradient as a convolution is faster. */
  private static final int WEIGHT_GRADIENT_PIXELS = 2048;

  private final int block;
  private final ModelEditor graph;

  /** Values that exist in blocks too, and their blocked form. */
  private final Map<String, String> blocked = new HashMap<>();

  private CpuConvolutions(int block, ModelEditor graph) {
    this.block = block;
    this.graph = graph;
  }

  /**
   * Returns a model that computes the same.
   *
   * @param model a model; convolutions between values whose static shapes it does not declare stay
   *     as they are, and so does DepthToSpace except in groups of two by two, channels last
   * @param block channels B in a block of this processor's kernels
   */
  public static ModelProto rewrite(ModelProto model, int block) {
    checkArgument(block > 0, "block: expected 1 or more, found %s", block);
    ModelEditor graph = new ModelEditor(model.getGraph());
    CpuConvolutions rewriting = new CpuConvolutions(block, graph);
    model.getGraph().getNodeList().forEach(rewriting::rewrite);
    return model.toBuilder()
        .setGraph(graph.finish())
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(NCHWC).setVersion(1))
        .build();
  }

  /**
   * Returns a model that lays its only input, an image [1, channels, 1, width], out in blocks: in
   * memory, its output is [1, channels / B, 1, width, B].
   */
  public static ModelProto layoutOf(int channels, int width) {
    TensorType type = TensorType.floats(Shape.of(1, channels, 1, width));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(NCHWC).setVersion(1))
        .setGraph(
            GraphProto.newBuilder()
                .setName("layout")
                .addInput(TensorProtos.info("x", type))
                .addOutput(TensorProtos.info("y", type))
                .addNode(node(NCHWC, "ReorderInput", "x").setName("y").addOutput("y")))
        .build();
  }

  private void rewrite(NodeProto node) {
    graph.at(node);
    switch (node.getDomain() + ":" + node.getOpType()) {
      case ":Conv" -> convolution(node);
      case MICROSOFT + ":ConvGrad" -> gradient(node);
      case ":DepthToSpace" -> depthToSpace(node);
      default -> graph.keep(node);
    }
  }

  private void convolution(NodeProto node) {
    String x = node.getInput(0);
    String w = node.getInput(1);
    String y = node.getOutput(0);
    if (node.getInputCount() > 2 || !isBlocked(node, x, w, y)) {
      graph.keep(node);
      return;
    }
    Shape shape = graph.shape(w);
    plain(blockedConv(blocked(x), weights(w, shape), padding(node), graph.shape(y)), y);
  }

  private void gradient(NodeProto node) {
    String dY = node.getInput(0);
    String x = node.getInput(1);
    String w = node.getInput(2);
    String dX = output(node, 0);
    String dW = output(node, 1);
    if (!output(node, 2).isEmpty() || !isBlocked(node, x, w, dY)) {
      graph.keep(node);
      return;
    }
    Shape weights = graph.shape(w);
    boolean inputs = !dX.isEmpty();
    boolean kernels =
        !dW.isEmpty() && weights.dim(2) > 1 && pixels(graph.shape(dY)) >= WEIGHT_GRADIENT_PIXELS;
    int padding = padding(node);
    if (inputs) {
      int turned = weights.dim(2) - 1 - padding;
      plain(blockedConv(blocked(dY), turned(w, weights), turned, graph.shape(x)), dX);
    }
    if (kernels) {
      weightGradient(dY, x, weights, padding, dW);
    }
    if (!dW.isEmpty() && !kernels) {
      graph.keep(node.toBuilder().clearOutput().addOutput("").addOutput(dW).build());
    }
  }

  /** Interleaves whole blocks, which is faster than single elements. */
  private void depthToSpace(NodeProto node) {
    String source = blocked.get(node.getInput(0));
    if (source == null || graph.shape(source).dim(1) % (4 * block) != 0) {
      graph.keep(node);
      return;
    }
    Shape x = graph.shape(source);
    int channels = x.dim(1) / 4;
    int n = x.dim(0);
    int h = x.dim(2);
    int w = x.dim(3);
    String phases = graph.reshape(source, n, 2, 2, channels / block, h, w, block);
    String interleaved =
        transpose(phases, Shape.of(n, channels / block, h, 2, w, 2, block), 0, 3, 4, 1, 5, 2, 6);
    plain(graph.reshape(interleaved, n, channels, 2 * h, 2 * w), node.getOutput(0));
  }

  /** Returns whether a convolution has stride 1, equal padding, whole blocks and enough pixels. */
  private boolean isBlocked(NodeProto node, String x, String w, String y) {
    if (!graph.areImages(x, w, y) || padding(node) < 0) {
      return false;
    }
    Shape weights = graph.shape(w);
    int kernel = weights.dim(2);
    int growth = 2 * padding(node) - kernel + 1;
    Shape in = graph.shape(x);
    Shape out = in.with(1, weights.dim(0)).with(2, in.dim(2) + growth).with(3, in.dim(3) + growth);
    return kernel == weights.dim(3)
        && padding(node) < kernel
        && in.dim(1) == weights.dim(1)
        && out.equals(graph.shape(y))
        && weights.dim(0) % block == 0
        && weights.dim(1) % block == 0
        && pixels(out) >= BLOCKED_PIXELS;
  }

  private static int pixels(Shape image) {
    return image.dim(0) * image.dim(2) * image.dim(3);
  }

  private String blocked(String x) {
    return graph.add(node(NCHWC, "ReorderInput", x), graph.shape(x));
  }

  private void plain(String x, String value) {
    blocked.put(value, x);
    graph.make(
        node(NCHWC, "ReorderOutput", x).addAttribute(scalar("channels", graph.shape(x).dim(1))),
        value);
  }

  private String blockedConv(String x, String w, int padding, Shape output) {
    int kernel = graph.shape(w).dim(2);
    return graph.add(
        node(NCHWC, "Conv", x, w)
            .addAttribute(attribute("kernel_shape", kernel, kernel))
            .addAttribute(attribute("pads", padding, padding, padding, padding))
            .addAttribute(attribute("strides", 1, 1))
            .addAttribute(attribute("dilations", 1, 1)),
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
    String swapped = transpose(blocks, Shape.of(c, m, taps, block * block), 1, 0, 2, 3);
    return graph.late(graph.reshape(reversed(swapped, 2), s.dim(1), s.dim(0), s.dim(2), s.dim(3)));
  }

  private void weightGradient(String dY, String x, Shape w, int padding, String dW) {
    boolean isKernelX = w.dim(1) > w.dim(0);
    String wide = isKernelX ? dY : x;
    String kernel = isKernelX ? x : dY;
    Shape image = graph.shape(wide);
    Shape map = graph.shape(kernel);
    int n = image.dim(0);
    int c = image.dim(1);
    int m = map.dim(1);
    int size = w.dim(2);
    long margin = isKernelX ? size - 1 - padding : padding;
    String rows =
        graph.reshape(
            transpose(wide, Shape.of(n, image.dim(2), image.dim(3), c), 0, 2, 3, 1),
            1,
            n,
            image.dim(2),
            image.dim(3) * c);
    String taps = transpose(kernel, Shape.of(m, n, map.dim(2), map.dim(3)), 1, 0, 2, 3);
    String y =
        graph.add(
            node("", "Conv", rows, taps)
                .addAttribute(attribute("kernel_shape", map.dim(2), map.dim(3)))
                .addAttribute(attribute("pads", margin, margin * c, margin, margin * c))
                .addAttribute(attribute("strides", 1, 1))
                .addAttribute(attribute("dilations", 1, c))
                .addAttribute(scalar("group", 1)),
            Shape.of(1, m, size, size * c));
    String parts = graph.reshape(y, m, size, size, c);
    NodeProto.Builder last =
        isKernelX
            ? node("", "Transpose", reversed(parts, 1, 2)).addAttribute(permutation(3, 0, 1, 2))
            : node("", "Transpose", parts).addAttribute(permutation(0, 3, 1, 2));
    graph.make(last, dW);
  }

  private String transpose(String x, Shape shape, int... permutation) {
    return graph.add(node("", "Transpose", x).addAttribute(permutation(permutation)), shape);
  }

  private static AttributeProto permutation(int... axes) {
    long[] values = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      values[i] = axes[i];
    }
    return attribute("perm", values);
  }

  private String reversed(String x, long... axes) {
    long[] last = new long[axes.length];
    long[] end = new long[axes.length];
    Arrays.fill(last, -1);
    Arrays.fill(end, Long.MIN_VALUE);
    return graph.add(
        node(
            "",
            "Slice",
            x,
            graph.vector(last),
            graph.vector(end),
            graph.vector(axes),
            graph.vector(last)),
        graph.shape(x));
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

  private static String output(NodeProto node, int i) {
    return i < node.getOutputCount() ? node.getOutput(i) : "";
  }
}
