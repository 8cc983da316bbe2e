package io.semimoe.verification.endtoend;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;

/**
 * A model of two nodes to try the checks on: z = softmax(x + w), where x, y = x + w and z are
 * float32 [3, 2], and w = 0 is an initializer float32 [2].
 */
final class TinyModel {
  private TinyModel() {}

  static ModelProto build() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    graph.addInput(floats("x", 3, 2));
    graph
        .addInitializerBuilder()
        .setName("w")
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addDims(2)
        .setRawData(ByteString.copyFrom(new byte[2 * Float.BYTES]));
    graph
        .addNodeBuilder()
        .setName("add")
        .setOpType("Add")
        .addInput("x")
        .addInput("w")
        .addOutput("y");
    graph
        .addNodeBuilder()
        .setName("softmax")
        .setOpType("Softmax")
        .addInput("y")
        .addOutput("z")
        .addAttributeBuilder()
        .setName("axis")
        .setType(AttributeType.INT)
        .setI(1);
    graph.addValueInfo(floats("y", 3, 2));
    graph.addOutput(floats("z", 3, 2));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setDomain("").setVersion(17);
    return model.build();
  }

  /** Returns the declaration of a float32 value. */
  static ValueInfoProto floats(String name, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      shape.addDim(Dimension.newBuilder().setDimValue(dim));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
