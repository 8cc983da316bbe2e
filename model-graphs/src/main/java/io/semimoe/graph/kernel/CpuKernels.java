package io.semimoe.graph.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.semimoe.graph.op.Domain;
import java.util.Optional;

/**
 * Rewrites the convolutions of a training model, their gradients, and softmax over two channels to
 * what the CPU kernels of ONNX Runtime do fastest. The results differ in rounding only. Which form
 * is faster depends on the size of the map and was measured, see the limits below.
 */
public final class CpuKernels {
  private static final String MICROSOFT = "com.microsoft";

  /** Smallest N · H · W of the result for which a change of layout pays. */
  private static final int FEW_PIXELS = 128;

  /** Smallest C · M / (C + M) for which Winograd's form pays for its transformations. */
  private static final int WINOGRAD_CHANNELS = 64;

  /** Smallest N · H · W of the result for which it pays for the transformation of the weights. */
  private static final int WINOGRAD_PIXELS = 512;

  private final ModelEditor graph;
  private final BlockedConvolutions blocked;
  private final MapKernel mapKernel;

  private CpuKernels(ModelEditor graph, int block) {
    this.graph = graph;
    this.blocked = new BlockedConvolutions(graph, block);
    this.mapKernel = new MapKernel(graph, blocked);
  }

  /**
   * Returns a model that computes the same.
   *
   * @param model a model; convolutions between values whose static shapes it does not declare stay
   *     as they are
   * @param block channels B in a block of this processor's kernels
   */
  public static ModelProto rewrite(ModelProto model, int block) {
    checkArgument(block > 0, "block: expected 1 or more, found %s", block);
    ModelEditor graph = new ModelEditor(model.getGraph());
    CpuKernels rewriting = new CpuKernels(graph, block);
    model.getGraph().getNodeList().forEach(rewriting::rewrite);
    ModelProto.Builder result = model.toBuilder().setGraph(graph.finish());
    result.getGraph().getNodeList().stream()
        .map(NodeProto::getDomain)
        .distinct()
        .filter(d -> model.getOpsetImportList().stream().noneMatch(o -> o.getDomain().equals(d)))
        .map(d -> OperatorSetIdProto.newBuilder().setDomain(d).setVersion(version(d)))
        .forEach(result::addOpsetImport);
    return result.build();
  }

  private static int version(String domain) {
    return domain.equals(Domain.ONNX.text()) ? Domain.ONNX.version() : 1;
  }

  private void rewrite(NodeProto node) {
    graph.at(node);
    boolean isRewritten =
        switch (node.getDomain() + ":" + node.getOpType()) {
          case ":Conv" -> convolution(node);
          case MICROSOFT + ":ConvGrad" -> gradient(node);
          case ":DepthToSpace" ->
              isInSquares(node) && blocked.depthToSpace(node.getInput(0), node.getOutput(0));
          case ":Softmax" -> softmax(node);
          default -> false;
        };
    if (!isRewritten) {
      graph.keep(node);
    }
  }

  private boolean convolution(NodeProto node) {
    String x = node.getInput(0);
    String w = node.getInput(1);
    String y = node.getOutput(0);
    Optional<Convolution> conv = convolution(node, x, w, y);
    if (node.getInputCount() > 2 || conv.isEmpty()) {
      return false;
    }
    if (isWinograd(conv.get())) {
      new WinogradConvolution(graph, blocked, conv.get()).result(x, w, y);
      return true;
    }
    if (!isBlocked(conv.get())) {
      return false;
    }
    blocked.result(conv.get(), x, w, y);
    return true;
  }

  private boolean gradient(NodeProto node) {
    String dY = node.getInput(0);
    String x = node.getInput(1);
    String w = node.getInput(2);
    String dX = output(node, 0);
    String dW = output(node, 1);
    String dB = output(node, 2);
    Optional<Convolution> found = convolution(node, x, w, dY);
    if (found.isEmpty() || found.get().pixels() < FEW_PIXELS) {
      return false;
    }
    Convolution conv = found.get();
    if (conv.kernel() == 1) {
      PointwiseConvolution pointwise = new PointwiseConvolution(graph, conv);
      if (!dX.isEmpty()) {
        pointwise.imageGradient(dY, w, dX);
      }
      if (!dW.isEmpty()) {
        pointwise.weightGradient(dY, x, dW);
      }
      if (!dB.isEmpty()) {
        pointwise.biasGradient(dY, dB);
      }
      return true;
    }
    if (!dB.isEmpty()) {
      return false;
    }
    if (isWinograd(conv)) {
      WinogradConvolution winograd = new WinogradConvolution(graph, blocked, conv);
      if (!dX.isEmpty()) {
        winograd.imageGradient(dY, w, dX);
      }
      if (!dW.isEmpty()) {
        winograd.weightGradient(dY, x, dW);
      }
      return true;
    }
    if (!isBlocked(conv)) {
      return false;
    }
    if (!dX.isEmpty()) {
      blocked.imageGradient(conv, dY, w, dX);
    }
    if (!dW.isEmpty()) {
      mapKernel.weightGradient(conv, dY, x, dW);
    }
    return true;
  }

  private boolean softmax(NodeProto node) {
    String x = node.getInput(0);
    boolean isOfTwoChannels =
        graph.areImages(x)
            && graph.shape(x).dim(1) == 2
            && node.getAttributeList().stream()
                .anyMatch(a -> a.getName().equals("axis") && a.getI() == 1);
    if (isOfTwoChannels) {
      TwoClassSoftmax.make(graph, x, node.getOutput(0));
    }
    return isOfTwoChannels;
  }

  private Optional<Convolution> convolution(NodeProto node, String x, String w, String y) {
    return graph.areImages(x, w, y)
        ? Convolution.of(node, graph.shape(x), graph.shape(w), graph.shape(y))
        : Optional.empty();
  }

  private boolean isBlocked(Convolution conv) {
    return conv.pixels() >= FEW_PIXELS && blocked.fit(conv);
  }

  /**
   * Winograd's form saves up to three quarters of C · M products a pixel and costs transformations
   * that grow with C + M and with the length of rows and columns, and with C · M for all pixels.
   */
  private static boolean isWinograd(Convolution conv) {
    long m = conv.w().dim(0);
    long c = conv.w().dim(1);
    int side = Math.max(conv.y().dim(2), conv.y().dim(3));
    return conv.kernel() == WinogradConvolution.KERNEL
        && m * c >= (m + c) * Math.max(WINOGRAD_CHANNELS, side)
        && conv.pixels() >= WINOGRAD_PIXELS;
  }

  /** Returns whether the groups of DepthToSpace are squares of 2 × 2, not columns. */
  private static boolean isInSquares(NodeProto node) {
    return node.getAttributeList().stream()
        .allMatch(
            a ->
                switch (a.getName()) {
                  case "blocksize" -> a.getI() == 2;
                  case "mode" -> a.getS().toStringUtf8().equals("DCR");
                  default -> true;
                });
  }

  private static String output(NodeProto node, int i) {
    return i < node.getOutputCount() ? node.getOutput(i) : "";
  }
}
