package io.semimoe.graph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Node;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Domain;
import io.semimoe.graph.op.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns a {@link Graph} into an ONNX model: only nodes that an output needs are written, and every
 * value has its static shape in the file (the runtime's pooling backward crashes without), unless
 * dimensions are left open.
 */
public final class OnnxModel {
  /** Version of the format of all models. */
  public static final int IR_VERSION = 8;

  /** What made all models. */
  public static final String PRODUCER = "semi-moe-java";

  private final Graph graph;
  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final Map<Value, String> names = new HashMap<>();
  private final Map<Constant, String> constants = new LinkedHashMap<>();
  private final Set<Node> alive;
  private final Set<Value> read = new HashSet<>();

  private OnnxModel(String name, Graph graph) {
    this.graph = graph;
    this.alive = alive(graph);
    alive.forEach(node -> read.addAll(node.inputs()));
    read.addAll(graph.outputs().values());
    graph.outputs().forEach((output, value) -> names.put(value, output));
    proto.setName(name);
  }

  /**
   * Returns a model whose parameters and states are inputs, in the order given, after the inputs of
   * the graph. ONNX Runtime Training binds them by this order.
   *
   * @param variables parameters, then states; those the graph does not use are declared all the
   *     same
   */
  public static ModelProto withVariablesAsInputs(
      String name, Graph graph, List<Variable> variables) {
    OnnxModel model = new OnnxModel(name, graph);
    graph.inputs().forEach(v -> model.proto.addInput(TensorProtos.info(v.name(), v.type())));
    variables.forEach(v -> model.proto.addInput(TensorProtos.info(v.name(), v.value().type())));
    model.addNodes(true);
    graph
        .outputs()
        .forEach((output, v) -> model.proto.addOutput(TensorProtos.info(output, v.type())));
    return model.finish(Map.of());
  }

  /**
   * Returns a self-contained model: parameters and states become initializers.
   *
   * @param contents values of a parameter or state by its name
   * @param openDimensions names for the dimensions of inputs and outputs that are left open, empty
   *     strings for fixed ones; an empty list fixes all shapes. A dimension of an output that is
   *     not as long as that of the first input is fixed.
   * @param metadata key-value pairs stored in the model
   * @throws IllegalArgumentException if a value has more or fewer elements than its shape
   */
  public static ModelProto selfContained(
      String name,
      Graph graph,
      Function<String, float[]> contents,
      List<String> openDimensions,
      Map<String, String> metadata) {
    OnnxModel model = new OnnxModel(name, graph);
    boolean isStatic = openDimensions.isEmpty();
    Shape input = graph.inputs().get(0).shape();
    for (Value v : graph.inputs()) {
      model.proto.addInput(
          isStatic
              ? TensorProtos.info(v.name(), v.type())
              : TensorProtos.info(v.name(), v.type(), openDimensions, v.shape()));
    }
    for (List<Variable> variables : List.of(graph.parameters(), graph.states())) {
      for (Variable v : variables) {
        if (model.read.contains(v.value())) {
          model.proto.addInitializer(
              TensorProtos.floats(v.name(), v.value().shape(), contents.apply(v.name())));
        }
      }
    }
    model.addNodes(isStatic);
    graph
        .outputs()
        .forEach(
            (output, v) ->
                model.proto.addOutput(
                    isStatic
                        ? TensorProtos.info(output, v.type())
                        : TensorProtos.info(output, v.type(), openDimensions, input)));
    return model.finish(metadata);
  }

  private void addNodes(boolean withShapes) {
    for (Node node : graph.nodes()) {
      if (!alive.contains(node)) {
        continue;
      }
      proto.addNode(NodeProtos.encode(node, this::name, this::name));
      for (Value output : node.outputs()) {
        if (withShapes && !graph.outputs().containsValue(output)) {
          proto.addValueInfo(TensorProtos.info(output.name(), output.type()));
        }
      }
    }
    constants.forEach(
        (constant, name) -> proto.addInitializer(TensorProtos.constant(name, constant)));
  }

  private ModelProto finish(Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName(PRODUCER).setGraph(proto);
    for (Domain domain : Domain.values()) {
      if (alive.stream().anyMatch(node -> node.op().domain() == domain)) {
        model.addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(domain.text()).setVersion(domain.version()));
      }
    }
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  private String name(Value value) {
    return value.kind() == Value.Kind.CONSTANT
        ? name(graph.content(value))
        : names.getOrDefault(value, value.name());
  }

  private String name(Constant constant) {
    return constants.computeIfAbsent(constant, c -> "constant." + constants.size());
  }

  private static Set<Node> alive(Graph graph) {
    Set<Node> alive = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(graph.outputs().values());
    while (!open.isEmpty()) {
      open.pop().producer().filter(alive::add).ifPresent(node -> node.inputs().forEach(open::push));
    }
    return alive;
  }
}
