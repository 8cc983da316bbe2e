package io.semimoe.graph.artifact;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.graph.op.Domain;
import java.util.List;

/**
 * The optimizer model of ONNX Runtime Training: one node over sequences of all parameters,
 * gradients and moments. The runtime recognises its inputs by these names, in this order.
 */
public final class OptimizerModel {
  private OptimizerModel() {}

  /** Returns the model of plain SGD; momentum and weight decay are in {@link TrainingGraph}. */
  public static ModelProto sgd() {
    GraphProto.Builder graph = graph(List.of("params", "gradients", "first_order_moments"));
    graph.addNode(node("SGDOptimizerV2", List.of("learning_rate", "params", "gradients")));
    return model(graph);
  }

  /**
   * Returns the model of AdamW.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the denominator
   * @param weightDecay decoupled weight decay, multiplied by the learning rate
   */
  public static ModelProto adamW(double beta1, double beta2, double epsilon, double weightDecay) {
    List<String> sequences =
        List.of("params", "gradients", "first_order_moments", "second_order_moments");
    GraphProto.Builder graph = graph(sequences);
    NodeProto.Builder node =
        node(
            "AdamWOptimizer",
            List.of(
                "learning_rate",
                "step",
                "params",
                "gradients",
                "first_order_moments",
                "second_order_moments"));
    node.addAttribute(attribute("alpha", beta1));
    node.addAttribute(attribute("beta", beta2));
    node.addAttribute(attribute("epsilon", epsilon));
    node.addAttribute(attribute("weight_decay", weightDecay));
    node.addAttribute(attribute("correct_bias", 1));
    node.addAttribute(attribute("adam_mode", 0));
    graph.addNode(node);
    return model(graph);
  }

  private static GraphProto.Builder graph(List<String> sequences) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("optimizer");
    graph.addInput(info("learning_rate", vectorOfOne(TensorProto.DataType.FLOAT)));
    graph.addInput(info("step", vectorOfOne(TensorProto.DataType.INT64)));
    for (String sequence : sequences) {
      TypeProto element =
          TypeProto.newBuilder()
              .setTensorType(
                  TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()))
              .build();
      graph.addInput(
          info(
              sequence,
              TypeProto.newBuilder()
                  .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(element))
                  .build()));
    }
    graph.addOutput(info("updated", vectorOfOne(TensorProto.DataType.BOOL)));
    return graph;
  }

  private static NodeProto.Builder node(String type, List<String> inputs) {
    return NodeProto.newBuilder()
        .setName(type)
        .setOpType(type)
        .setDomain(Domain.MICROSOFT.text())
        .addAllInput(inputs)
        .addOutput("updated");
  }

  private static AttributeProto attribute(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  private static AttributeProto attribute(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static TypeProto vectorOfOne(TensorProto.DataType element) {
    return TypeProto.newBuilder()
        .setTensorType(
            TypeProto.Tensor.newBuilder()
                .setElemType(element.getNumber())
                .setShape(
                    TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1))))
        .build();
  }

  private static ValueInfoProto info(String name, TypeProto type) {
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  private static ModelProto model(GraphProto.Builder graph) {
    ModelProto.Builder model =
        ModelProto.newBuilder().setIrVersion(8).setProducerName("semi-moe-java").setGraph(graph);
    for (Domain domain : Domain.values()) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(domain.text()).setVersion(domain.version()));
    }
    return model.build();
  }
}
