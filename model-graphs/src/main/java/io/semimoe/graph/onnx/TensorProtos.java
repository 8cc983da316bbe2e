package io.semimoe.graph.onnx;

import static com.google.common.base.Preconditions.checkArgument;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.ElementType;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Tensors and their types in ONNX form. */
public final class TensorProtos {
  private TensorProtos() {}

  /** Returns a tensor with the elements of a constant. */
  public static TensorProto constant(String name, Constant constant) {
    TensorProto.Builder tensor = tensor(name, constant.type());
    if (constant instanceof Constant.Floats floats) {
      ByteBuffer bytes = littleEndian(4 * floats.values().length());
      floats.values().stream().forEach(v -> bytes.putFloat((float) v));
      tensor.setRawData(ByteString.copyFrom(bytes.flip()));
    } else if (constant instanceof Constant.Longs longs) {
      ByteBuffer bytes = littleEndian(8 * longs.values().length());
      longs.values().stream().forEach(bytes::putLong);
      tensor.setRawData(ByteString.copyFrom(bytes.flip()));
    } else if (constant instanceof Constant.Flag flag) {
      tensor.setRawData(ByteString.copyFrom(new byte[] {(byte) (flag.value() ? 1 : 0)}));
    }
    return tensor.build();
  }

  static TensorProto floats(String name, Shape shape, float[] values) {
    checkArgument(
        values.length == shape.elements(),
        "tensor '%s' of shape %s: expected %s values, found %s",
        name,
        shape,
        shape.elements(),
        values.length);
    ByteBuffer bytes = littleEndian(Math.multiplyExact(4, values.length));
    bytes.asFloatBuffer().put(values);
    return tensor(name, TensorType.floats(shape))
        .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
        .build();
  }

  /** Returns the description of a tensor of this type. */
  public static ValueInfoProto info(String name, TensorType type) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : type.shape().toLongArray()) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
    }
    return info(name, type.element(), shape);
  }

  /**
   * Returns the description of a tensor some of whose dimensions are left open.
   *
   * @param symbols a name for each open dimension, an empty string for each fixed one
   * @param model shape of the input that the open dimensions belong to: a dimension of another
   *     length than there is fixed
   */
  static ValueInfoProto info(String name, TensorType type, List<String> symbols, Shape model) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < type.shape().rank(); axis++) {
      TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          symbols.get(axis).isEmpty() || type.shape().dim(axis) != model.dim(axis)
              ? dim.setDimValue(type.shape().dim(axis))
              : dim.setDimParam(symbols.get(axis)));
    }
    return info(name, type.element(), shape);
  }

  private static ValueInfoProto info(
      String name, ElementType element, TensorShapeProto.Builder shape) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(element.code()).setShape(shape)))
        .build();
  }

  private static TensorProto.Builder tensor(String name, TensorType type) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.element().code());
    for (long dim : type.shape().toLongArray()) {
      tensor.addDims(dim);
    }
    return tensor;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
