package io.semimoe.graph.artifact;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.graph.onnx.AttributeProtos;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Domain;
import io.semimoe.graph.op.ElementType;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.List;

/**
 * The optimizer model of ONNX Runtime Training: nodes over sequences of all parameters, gradients
 * and moments, which they change in place. The runtime recognises the inputs by these names, in
 * this order, and expects one node of the optimizer in the graph itself.
 *
 * <p>Its node for SGD, w ← w − lr·g, knows no momentum. The velocities are the first moments, and
 * the same operator updates them in three steps, each of which waits for the one before: v ← v − (1
 * − μ)·v, v ← v + wd·w, v ← v + g. These stand in the branch of an {@code If} that is always taken,
 * since the runtime counts the nodes of the graph alone.
 */
public final class OptimizerModel {
  static final String LEARNING_RATE = "learning_rate";
  static final String PARAMETERS = "params";
  static final String SGD = "SGDOptimizerV2";
  static final String ADAM_W = "AdamWOptimizer";
  static final TensorType FLAG = new TensorType(ElementType.BOOL, Shape.of(1));
  private static final String STEP = "step";
  private static final String GRADIENTS = "gradients";
  private static final String FIRST_MOMENTS = "first_order_moments";
  private static final String SECOND_MOMENTS = "second_order_moments";
  private static final String UPDATED = "updated";

  private OptimizerModel() {}

  /** Returns the model of an optimizer. */
  public static ModelProto of(Optimizer optimizer) {
    return optimizer instanceof Optimizer.Sgd sgd ? sgd(sgd) : adamW((Optimizer.AdamW) optimizer);
  }

  private static ModelProto sgd(Optimizer.Sgd sgd) {
    GraphProto.Builder graph = graph(List.of(PARAMETERS, GRADIENTS, FIRST_MOMENTS));
    graph.addInitializer(TensorProtos.constant("zero", Constant.longs(0)));
    graph.addNode(node(Domain.ONNX, "Greater", "begun", List.of(STEP, "zero")));
    graph.addNode(
        node(
            Domain.ONNX,
            "If",
            "accelerated",
            List.of("begun"),
            AttributeProtos.graph("then_branch", velocities(sgd)),
            AttributeProtos.graph("else_branch", nothing())));
    graph.addNode(descent(UPDATED, LEARNING_RATE, PARAMETERS, FIRST_MOMENTS, "accelerated"));
    return model(graph);
  }

  private static GraphProto velocities(Optimizer.Sgd sgd) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("velocities");
    graph.addInitializer(number("one_minus_momentum", 1 - sgd.momentum()));
    graph.addInitializer(number("minus_weight_decay", -sgd.weightDecay()));
    graph.addInitializer(number("minus_one", -1));
    graph.addInitializer(TensorProtos.constant("shape", Constant.longs(1)));
    graph.addNode(descent("slowed", "one_minus_momentum", FIRST_MOMENTS, FIRST_MOMENTS));
    graph.addNode(descent("decayed", "minus_weight_decay", FIRST_MOMENTS, PARAMETERS, "slowed"));
    graph.addNode(descent("moved", "minus_one", FIRST_MOMENTS, GRADIENTS, "decayed"));
    // The runtime would make room for a scalar, which the flag of the operator is not.
    graph.addNode(node(Domain.ONNX, "Reshape", "done", List.of("moved", "shape")));
    return graph.addOutput(TensorProtos.info("done", FLAG)).build();
  }

  private static GraphProto nothing() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("nothing");
    graph.addInitializer(TensorProtos.constant("no", Constant.flag(false)));
    graph.addNode(node(Domain.ONNX, "Identity", "idle", List.of("no")));
    return graph.addOutput(TensorProtos.info("idle", FLAG)).build();
  }

  /**
   * Returns a node that subtracts a multiple of one sequence from another in place.
   *
   * @param inputs the factor, the sequence that is changed, the one that is subtracted, and a flag
   *     to wait for, if any
   */
  private static NodeProto descent(String output, String... inputs) {
    return node(Domain.MICROSOFT, SGD, output, List.of(inputs));
  }

  private static ModelProto adamW(Optimizer.AdamW adamW) {
    GraphProto.Builder graph = graph(List.of(PARAMETERS, GRADIENTS, FIRST_MOMENTS, SECOND_MOMENTS));
    graph.addNode(
        node(
            Domain.MICROSOFT,
            ADAM_W,
            UPDATED,
            List.of(LEARNING_RATE, STEP, PARAMETERS, GRADIENTS, FIRST_MOMENTS, SECOND_MOMENTS),
            AttributeProtos.number("alpha", adamW.beta1()),
            AttributeProtos.number("beta", adamW.beta2()),
            AttributeProtos.number("epsilon", adamW.epsilon()),
            AttributeProtos.number("weight_decay", adamW.weightDecay()),
            AttributeProtos.integer("correct_bias", 1),
            AttributeProtos.integer("adam_mode", 0)));
    return model(graph);
  }

  private static GraphProto.Builder graph(List<String> sequences) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("optimizer");
    graph.addInput(TensorProtos.info(LEARNING_RATE, TensorType.floats(Shape.of(1))));
    graph.addInput(TensorProtos.info(STEP, new TensorType(ElementType.INT64, Shape.of(1))));
    TypeProto.Builder floats = TypeProto.newBuilder();
    floats.getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
    for (String sequence : sequences) {
      ValueInfoProto.Builder input = graph.addInputBuilder().setName(sequence);
      input.getTypeBuilder().getSequenceTypeBuilder().setElemType(floats);
    }
    return graph.addOutput(TensorProtos.info(UPDATED, FLAG));
  }

  /** Returns a node with one output, by which it is named. */
  static NodeProto node(
      Domain domain,
      String type,
      String output,
      List<String> inputs,
      AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(type)
        .setDomain(domain.text())
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(attributes))
        .build();
  }

  static TensorProto number(String name, double value) {
    return TensorProtos.constant(name, Constant.floats(Shape.of(1), (float) value));
  }

  private static ModelProto model(GraphProto.Builder graph) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(OnnxModel.IR_VERSION)
            .setProducerName(OnnxModel.PRODUCER)
            .setGraph(graph);
    for (Domain domain : Domain.values()) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(domain.text()).setVersion(domain.version()));
    }
    return model.build();
  }
}
