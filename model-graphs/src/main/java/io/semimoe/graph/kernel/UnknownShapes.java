package io.semimoe.graph.kernel;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.graph.onnx.AttributeProtos;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the shapes of large values from the memory planner of ONNX Runtime.
 *
 * <p>The planner gives a value the buffer of an earlier one of the same static shape that is not
 * needed any more, and the buffer is held in between. A training model has many shapes, each with
 * its few values far apart, so that at the worst moment two to three times as much is held as is
 * needed (2.3 instead of 0.9 GB at width 64, 128×128, batch 2). Values of unknown shape are
 * allocated when they are computed and released after their last use; the arena has memory for the
 * next one at hand, so it costs no time that could be measured.
 *
 * <p>A shape is unknown to the runtime if it comes from a Reshape whose target is computed from an
 * input of the model: here the constant plus 0 times a flag. Reshape moves no data.
 */
public final class UnknownShapes {
  /** Smallest number of elements of a value whose shape is hidden. */
  private static final long LARGE = 1 << 18;

  private static final String PREFIX = "unknown.";
  private static final String ACCUMULATOR = "InPlaceAccumulatorV2";

  private final GraphProto original;
  private final Map<String, List<Long>> shapes = new HashMap<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final List<NodeProto> nodes = new ArrayList<>();

  /** Targets of Reshape that the runtime does not know, by the shape. */
  private final Map<List<Long>, String> targets = new HashMap<>();

  private final String zero;

  private UnknownShapes(GraphProto original, String flag) {
    this.original = original;
    Stream.of(original.getInputList(), original.getValueInfoList())
        .flatMap(List::stream)
        .forEach(value -> shapes.put(value.getName(), shape(value)));
    String number = add("Cast", "flag", List.of(flag), TensorProto.DataType.INT64.getNumber());
    this.zero = add("Mul", "zero", List.of(number, constant("nothing", 0)), 0);
  }

  /**
   * Returns a model that computes the same.
   *
   * @param model a model that declares the shapes of its values; the result declares those of its
   *     inputs and outputs only
   * @param flag a bool [1] input of the model; a model that has none stays as it is
   */
  public static ModelProto in(ModelProto model, String flag) {
    if (model.getGraph().getInputList().stream().noneMatch(i -> i.getName().equals(flag))) {
      return model;
    }
    return model.toBuilder()
        .setGraph(new UnknownShapes(model.getGraph(), flag).rewritten())
        .build();
  }

  private GraphProto rewritten() {
    Map<String, String> hidden = new HashMap<>();
    for (ValueInfoProto input : original.getInputList()) {
      List<Long> shape = shapes.get(input.getName());
      if (isFloat(input) && isLarge(shape)) {
        hidden.put(
            input.getName(),
            add("Reshape", input.getName(), List.of(input.getName(), target(shape)), 0));
      }
    }
    for (NodeProto node : original.getNodeList()) {
      nodes.add(node.getOpType().equals("Reshape") ? reshape(node) : node);
    }
    List<NodeProto> reading = nodes.stream().map(node -> reading(node, hidden)).toList();
    Set<String> read =
        reading.stream().flatMap(node -> node.getInputList().stream()).collect(Collectors.toSet());
    return original.toBuilder()
        .clearNode()
        .addAllNode(reading)
        .clearValueInfo()
        .clearInitializer()
        .addAllInitializer(
            original.getInitializerList().stream().filter(c -> read.contains(c.getName())).toList())
        .addAllInitializer(
            constants.entrySet().stream()
                .map(c -> TensorProtos.constant(c.getKey(), c.getValue()))
                .toList())
        .build();
  }

  private NodeProto reshape(NodeProto node) {
    List<Long> shape = shapes.getOrDefault(node.getOutput(0), List.of());
    return isLarge(shape) ? node.toBuilder().setInput(1, target(shape)).build() : node;
  }

  /** Lets a node read the hidden inputs; an accumulator still changes the input itself. */
  private static NodeProto reading(NodeProto node, Map<String, String> hidden) {
    if (node.getName().startsWith(PREFIX)) {
      return node;
    }
    NodeProto.Builder result = node.toBuilder();
    for (int i = node.getOpType().equals(ACCUMULATOR) ? 1 : 0; i < node.getInputCount(); i++) {
      result.setInput(i, hidden.getOrDefault(node.getInput(i), node.getInput(i)));
    }
    return result.build();
  }

  private String target(List<Long> shape) {
    String known = targets.get(shape);
    if (known == null) {
      String name = shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
      long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
      known = add("Add", "shape." + name, List.of(constant(name, sizes), zero), 0);
      targets.put(shape, known);
    }
    return known;
  }

  private String constant(String name, long... elements) {
    constants.put(PREFIX + name, Constant.longs(elements));
    return PREFIX + name;
  }

  /** Adds a node; {@code to} is the element type of a Cast. */
  private String add(String type, String name, List<String> inputs, int to) {
    String output = PREFIX + type + "." + name;
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(output);
    if (to > 0) {
      node.addAttribute(AttributeProtos.integer("to", to));
    }
    nodes.add(node.build());
    return output;
  }

  private static boolean isLarge(List<Long> shape) {
    return shape.stream().reduce(1L, (a, b) -> a * b) >= LARGE;
  }

  private static boolean isFloat(ValueInfoProto value) {
    return value.getType().getTensorType().getElemType() == TensorProto.DataType.FLOAT_VALUE;
  }

  private static List<Long> shape(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(Dimension::getDimValue)
        .toList();
  }
}
