package io.semimoe.graph.artifact;

import static io.semimoe.graph.artifact.OptimizerModel.ADAM_W;
import static io.semimoe.graph.artifact.OptimizerModel.FLAG;
import static io.semimoe.graph.artifact.OptimizerModel.LEARNING_RATE;
import static io.semimoe.graph.artifact.OptimizerModel.PARAMETERS;
import static io.semimoe.graph.artifact.OptimizerModel.SGD;
import static io.semimoe.graph.artifact.OptimizerModel.node;
import static io.semimoe.graph.artifact.OptimizerModel.number;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.semimoe.graph.onnx.AttributeProtos;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Domain;
import java.util.List;
import java.util.Set;

/**
 * An optimizer model that can be tried out. At a learning rate below {@link #BOUND}, which no
 * training has, a step multiplies the parameters by −1 − lr and leaves gradients, moments and the
 * number of steps as they are: at {@link #DOUBLING} it doubles them, at {@link #HALVING} it halves
 * them, both without rounding. It does so by the operator that is to be tried out, which goes over
 * the tensors as it does in a step of training. At other rates the model does what it did.
 */
public final class TrialModel {
  /** Learning rate of a step that doubles the parameters. */
  public static final float DOUBLING = -3;

  /** Learning rate of a step that halves the parameters. */
  public static final float HALVING = -1.5f;

  private static final float BOUND = -0.5f;
  private static final Set<String> OPTIMIZERS = Set.of(SGD, ADAM_W);

  private TrialModel() {}

  /**
   * Returns the model with a trial.
   *
   * @param optimizer a model of {@link OptimizerModel}
   * @throws IllegalArgumentException if it has no optimizer
   */
  public static ModelProto of(ModelProto optimizer) {
    List<NodeProto> nodes = optimizer.getGraph().getNodeList();
    NodeProto step =
        nodes.stream()
            .filter(node -> OPTIMIZERS.contains(node.getOpType()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("expected an optimizer, found none"));
    GraphProto.Builder graph = optimizer.getGraph().toBuilder().clearNode();
    graph.addInitializer(number("trial_bound", BOUND));
    graph.addNode(node(Domain.ONNX, "Less", "on_trial", List.of(LEARNING_RATE, "trial_bound")));
    graph.addNode(
        node(
            Domain.ONNX,
            "If",
            "in_earnest",
            List.of("on_trial"),
            AttributeProtos.graph("then_branch", trial(step)),
            AttributeProtos.graph("else_branch", yes())));
    for (NodeProto node : nodes) {
      if (node.getOpType().equals("If")) {
        // That of SGD, which moves the velocities; the step waits for its result.
        graph.addNode(node(Domain.ONNX, "And", "moves", List.of(node.getInput(0), "in_earnest")));
        graph.addNode(node.toBuilder().setInput(0, "moves"));
      } else if (node.getOpType().equals(ADAM_W)) {
        graph.addNode(node.toBuilder().addInput("in_earnest"));
      } else {
        graph.addNode(node);
      }
    }
    return optimizer.toBuilder().setGraph(graph).build();
  }

  /** Multiplies the parameters and returns false. */
  private static GraphProto trial(NodeProto step) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("trial");
    graph.addInitializer(TensorProtos.constant("no", Constant.flag(false)));
    graph.addInitializer(number("two", 2));
    graph.addInitializer(TensorProtos.constant("flag_shape", Constant.longs(1)));
    // w − (lr + 2) · w
    graph.addNode(node(Domain.ONNX, "Add", "share", List.of(LEARNING_RATE, "two")));
    graph.addNode(step.getOpType().equals(ADAM_W) ? decay(step) : descent(step));
    graph.addNode(node(Domain.ONNX, "Reshape", "multiplied", List.of("tried", "flag_shape")));
    graph.addNode(node(Domain.ONNX, "And", "in_trial", List.of("multiplied", "no")));
    return graph.addOutput(TensorProtos.info("in_trial", FLAG)).build();
  }

  private static NodeProto descent(NodeProto step) {
    return step.toBuilder()
        .setName("tried")
        .clearInput()
        .addAllInput(List.of("share", PARAMETERS, PARAMETERS))
        .clearOutput()
        .addOutput("tried")
        .build();
  }

  /**
   * AdamW with moments that stay as they are, a step of length 0, and decay alone; in mode 1, the
   * one that can do without the correction of the bias, which has no value for such moments.
   */
  private static NodeProto decay(NodeProto step) {
    List<AttributeProto> attributes =
        List.of(
            AttributeProtos.number("alpha", 1),
            AttributeProtos.number("beta", 1),
            AttributeProtos.number("epsilon", Double.POSITIVE_INFINITY),
            AttributeProtos.number("weight_decay", 1),
            AttributeProtos.integer("correct_bias", 0),
            AttributeProtos.integer("adam_mode", 1));
    return step.toBuilder()
        .setName("tried")
        .setInput(0, "share")
        .clearOutput()
        .addOutput("tried")
        .clearAttribute()
        .addAllAttribute(attributes)
        .build();
  }

  private static GraphProto yes() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("no_trial");
    graph.addInitializer(TensorProtos.constant("yes", Constant.flag(true)));
    graph.addNode(node(Domain.ONNX, "Identity", "is_earnest", List.of("yes")));
    return graph.addOutput(TensorProtos.info("is_earnest", FLAG)).build();
  }
}
