package io.semimoe.verification.endtoend;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.graph.onnx.AttributeProtos;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;

/**
 * A model of two nodes to try the checks on: z = softmax(x + w), where x, y = x + w and z are
 * float32 [3, 2], and w = 0 is an initializer float32 [2].
 */
final class TinyModel {
  private TinyModel() {}

  static ModelProto build() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    graph.addInput(floats("x", 3, 2));
    graph.addInitializer(TensorProtos.constant("w", Constant.floats(Shape.of(2), 0, 0)));
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
        .addAttribute(AttributeProtos.integer("axis", 1));
    graph.addValueInfo(floats("y", 3, 2));
    graph.addOutput(floats("z", 3, 2));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setDomain("").setVersion(17);
    return model.build();
  }

  /** Returns the declaration of a float32 value. */
  static ValueInfoProto floats(String name, int... dims) {
    return TensorProtos.info(name, TensorType.floats(Shape.of(dims)));
  }
}
