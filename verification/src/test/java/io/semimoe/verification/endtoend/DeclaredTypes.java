package io.semimoe.verification.endtoend;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Types that models declare, as texts such as {@code FLOAT[2, 3]} to compare. */
final class DeclaredTypes {
  private DeclaredTypes() {}

  /** Returns the declared types of inputs and outputs. */
  static Map<String, String> atTheEnds(ModelProto model) {
    return of(model.getGraph().getInputList(), model.getGraph().getOutputList());
  }

  /** Returns the declared types of what nodes make. */
  static Map<String, String> ofNodes(ModelProto model) {
    return of(model.getGraph().getValueInfoList(), model.getGraph().getOutputList());
  }

  /** Returns what the runtime says of an input, an output or a tensor as such a text. */
  static String text(ValueInfo info) {
    if (info instanceof SequenceInfo sequence) {
      return "sequence of " + sequence.sequenceType;
    }
    TensorInfo tensor = (TensorInfo) info;
    return tensor.type + Arrays.toString(tensor.getShape());
  }

  private static Map<String, String> of(List<ValueInfoProto> first, List<ValueInfoProto> second) {
    Map<String, String> types = new LinkedHashMap<>();
    Stream.of(first, second)
        .flatMap(List::stream)
        .forEach(value -> types.put(value.getName(), text(value.getType())));
    return types;
  }

  private static String text(TypeProto type) {
    if (type.hasSequenceType()) {
      return "sequence of " + element(type.getSequenceType().getElemType());
    }
    List<Dimension> dims = type.getTensorType().getShape().getDimList();
    return element(type) + dims.stream().map(d -> d.hasDimValue() ? d.getDimValue() : -1).toList();
  }

  private static String element(TypeProto type) {
    return DataType.forNumber(type.getTensorType().getElemType()).name();
  }
}
