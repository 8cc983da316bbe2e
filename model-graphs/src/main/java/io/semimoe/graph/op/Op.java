package io.semimoe.graph.op;

import java.util.List;

/**
 * An operator with its attributes: what a node computes. Immutable; equal when the attributes are.
 * Constant operands that decide shapes (axes, sizes) are attributes here, whatever ONNX makes of
 * them.
 */
public sealed interface Op
    permits AveragePool2x2,
        BatchNormInternal,
        BatchNormalization,
        BatchNormalizationGrad,
        BinaryOp,
        Cast,
        Concat,
        Conv,
        ConvGrad,
        Crop,
        DepthToSpace2x,
        Expand,
        GlobalAveragePool,
        Greater,
        InPlaceAccumulator,
        MatMul,
        MaxPool2x2,
        Pad,
        ReduceSum,
        Reshape,
        Softmax,
        SpaceToDepth2x,
        Split,
        StopGradient,
        Sum,
        Transpose,
        UnaryGrad,
        UnaryOp,
        Upsample2x,
        Where {

  /** Returns the ONNX operator type, for instance {@code Conv}. */
  String type();

  /** Returns the operator set. */
  default Domain domain() {
    return Domain.ONNX;
  }

  /**
   * Returns the types of the outputs.
   *
   * @throws IllegalArgumentException if number, element types or shapes of the inputs do not fit,
   *     naming the operator, what it expects and what it found
   */
  List<TensorType> infer(List<TensorType> inputs);

  /** Writes inputs and attributes as ONNX defines them. */
  default void encode(NodeEncoding encoding) {
    encoding.inputs();
  }

  /** Returns the position of output {@code output} among the outputs that ONNX defines. */
  default int outputSlot(int output) {
    return output;
  }
}
