package io.semimoe.verification.endtoend;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of the ONNX checker for types, tensors and attributes. */
final class OnnxFields {
  /** Bytes of one element, of the element types whose raw data can be counted here. */
  private static final Map<Integer, Integer> BYTES =
      Map.of(
          DataType.FLOAT_VALUE, 4,
          DataType.INT64_VALUE, 8,
          DataType.BOOL_VALUE, 1);

  private static final Set<AttributeType> SINGLE =
      EnumSet.of(
          AttributeType.FLOAT,
          AttributeType.INT,
          AttributeType.STRING,
          AttributeType.TENSOR,
          AttributeType.GRAPH);

  private static final Set<AttributeType> LISTS =
      EnumSet.of(AttributeType.FLOATS, AttributeType.INTS, AttributeType.STRINGS);

  private OnnxFields() {}

  /** Returns what is wrong with the declared type of an input, an output or another value. */
  static Optional<String> problem(TypeProto type) {
    if (type.hasSequenceType()) {
      TypeProto element = type.getSequenceType().getElemType();
      return isKnown(element.getTensorType().getElemType())
          ? Optional.empty()
          : Optional.of("is a sequence of an unknown type");
    }
    if (!type.hasTensorType()) {
      return Optional.of("has no type");
    }
    if (!isKnown(type.getTensorType().getElemType())) {
      return Optional.of("has an unknown element type");
    }
    if (!type.getTensorType().hasShape()) {
      return Optional.of("has no shape");
    }
    for (Dimension dim : type.getTensorType().getShape().getDimList()) {
      if (dim.getDimValue() < 0) {
        return Optional.of("has the dimension " + dim.getDimValue());
      }
    }
    return Optional.empty();
  }

  /** Returns what is wrong with a tensor: its elements must be there, all and once. */
  static Optional<String> problem(TensorProto tensor) {
    Integer bytes = BYTES.get(tensor.getDataType());
    if (bytes == null) {
      return Optional.of("has the element type " + tensor.getDataType());
    }
    long elements = 1;
    for (long dim : tensor.getDimsList()) {
      if (dim < 0) {
        return Optional.of("has the dimension " + dim);
      }
      elements *= dim;
    }
    int lists =
        tensor.getFloatDataCount()
            + tensor.getInt32DataCount()
            + tensor.getInt64DataCount()
            + tensor.getDoubleDataCount()
            + tensor.getUint64DataCount()
            + tensor.getStringDataCount();
    if (lists > 0) {
      return Optional.of("holds its elements in another form than raw data");
    }
    return tensor.getRawData().size() == elements * bytes
        ? Optional.empty()
        : Optional.of("has " + tensor.getRawData().size() + " bytes, expected " + elements * bytes);
  }

  /** Returns what is wrong with an attribute: it must hold one value, of the type it names. */
  static Optional<String> problem(AttributeProto attribute) {
    AttributeType type = attribute.getType();
    if (!SINGLE.contains(type) && !LISTS.contains(type)) {
      return Optional.of("has the type " + type);
    }
    List<AttributeType> held = held(attribute);
    boolean empty = LISTS.contains(type) && held.isEmpty();
    return empty || held.equals(List.of(type))
        ? Optional.empty()
        : Optional.of("is said to be " + type + ", but holds " + held);
  }

  private static List<AttributeType> held(AttributeProto attribute) {
    List<AttributeType> held = new ArrayList<>();
    add(held, attribute.hasF(), AttributeType.FLOAT);
    add(held, attribute.hasI(), AttributeType.INT);
    add(held, attribute.hasS(), AttributeType.STRING);
    add(held, attribute.hasT(), AttributeType.TENSOR);
    add(held, attribute.hasG(), AttributeType.GRAPH);
    add(held, attribute.getFloatsCount() > 0, AttributeType.FLOATS);
    add(held, attribute.getIntsCount() > 0, AttributeType.INTS);
    add(held, attribute.getStringsCount() > 0, AttributeType.STRINGS);
    add(held, attribute.getTensorsCount() > 0, AttributeType.TENSORS);
    add(held, attribute.getGraphsCount() > 0, AttributeType.GRAPHS);
    return held;
  }

  private static void add(List<AttributeType> held, boolean holds, AttributeType type) {
    if (holds) {
      held.add(type);
    }
  }

  private static boolean isKnown(int elementType) {
    return elementType != DataType.UNDEFINED_VALUE && DataType.forNumber(elementType) != null;
  }
}
