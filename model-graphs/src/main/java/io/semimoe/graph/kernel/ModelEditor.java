package io.semimoe.graph.kernel;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the nodes of a graph anew. Knows the shape of every float32 value that is declared with a
 * static one. The same operator on the same inputs is added once.
 */
final class ModelEditor {
  private static final String PREFIX = "kernel.";

  private final GraphProto original;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<ValueInfoProto> values = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<NodeProto, String> known = new HashMap<>();
  private final Set<String> late = new HashSet<>();
  private final Map<List<Long>, String> vectors = new HashMap<>();

  private String place = "";

  ModelEditor(GraphProto original) {
    this.original = original;
    for (List<ValueInfoProto> declared :
        List.of(original.getInputList(), original.getOutputList(), original.getValueInfoList())) {
      declared.forEach(this::declare);
    }
  }

  private void declare(ValueInfoProto value) {
    TypeProto.Tensor type = value.getType().getTensorType();
    List<Dimension> dimensions = type.getShape().getDimList();
    if (type.getElemType() == TensorProto.DataType.FLOAT_VALUE
        && dimensions.stream().allMatch(Dimension::hasDimValue)) {
      int[] sizes = dimensions.stream().mapToInt(d -> Math.toIntExact(d.getDimValue())).toArray();
      shapes.put(value.getName(), Shape.of(sizes));
    }
  }

  /** Returns whether these are float32 values of four dimensions whose shapes are declared. */
  boolean areImages(String... names) {
    return Stream.of(names).allMatch(v -> shapes.containsKey(v) && shapes.get(v).rank() == 4);
  }

  /** Returns the shape of a float32 value that was declared or added. */
  Shape shape(String value) {
    return shapes.get(value);
  }

  /** Begins to rewrite a node; what is added is named after it. */
  void at(NodeProto node) {
    place = node.getName();
  }

  /** Keeps a node as it is. */
  void keep(NodeProto node) {
    nodes.add(node);
  }

  /** Adds a node, unless there is an equal one, and returns its output. */
  String add(NodeProto.Builder node, Shape shape) {
    return known.computeIfAbsent(
        node.build(), n -> append(node, place + "." + PREFIX + known.size(), shape));
  }

  /** Adds a node that makes a value of the original graph. */
  void make(NodeProto.Builder node, String value) {
    nodes.add(node.setName(value).addOutput(value).build());
  }

  private String append(NodeProto.Builder node, String name, Shape shape) {
    nodes.add(node.clone().setName(name).addOutput(name).build());
    values.add(TensorProtos.info(name, TensorType.floats(shape)));
    shapes.put(name, shape);
    return name;
  }

  /** Returns a value with the elements of {@code x} in another shape. */
  String reshape(String x, int... sizes) {
    long[] target = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      target[i] = sizes[i];
    }
    return add(node("", "Reshape", x, vector(target)), Shape.of(sizes));
  }

  /** Returns an int64 constant. */
  String vector(long... elements) {
    List<Long> key = new ArrayList<>();
    for (long element : elements) {
      key.add(element);
    }
    return vectors.computeIfAbsent(
        Collections.unmodifiableList(key),
        k -> {
          String name = PREFIX + "vector." + vectors.size();
          constants.add(
              TensorProto.newBuilder()
                  .setName(name)
                  .setDataType(TensorProto.DataType.INT64_VALUE)
                  .addDims(k.size())
                  .addAllInt64Data(k)
                  .build());
          return name;
        });
  }

  /**
   * Lets a value be computed when it is needed, not before: the runtime follows the inputs of a
   * node from the last in the file to the first, so what must not wait in memory comes first in the
   * file.
   *
   * @return the value
   */
  String late(String value) {
    late.add(value);
    return value;
  }

  /** Returns a node without name and outputs. */
  static NodeProto.Builder node(String domain, String type, String... inputs) {
    return NodeProto.newBuilder().setDomain(domain).setOpType(type).addAllInput(List.of(inputs));
  }

  /** Returns an attribute of integers. */
  static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /** Returns an attribute of one integer. */
  static AttributeProto scalar(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** Returns the graph with the nodes that were kept and added, less those nothing reads. */
  GraphProto finish() {
    Set<String> read = new HashSet<>();
    original.getOutputList().forEach(output -> read.add(output.getName()));
    List<NodeProto> alive = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      if (node.getOutputList().stream().anyMatch(read::contains)) {
        alive.add(node);
        read.addAll(node.getInputList());
      }
    }
    Collections.reverse(alive);
    return original.toBuilder()
        .clearNode()
        .addAllNode(lateOnesFirst(alive))
        .addAllInitializer(constants)
        .addAllValueInfo(values.stream().filter(v -> read.contains(v.getName())).toList())
        .build();
  }

  /** Moves what late values need to the front; the order stays topological. */
  private List<NodeProto> lateOnesFirst(List<NodeProto> alive) {
    Set<String> needed = new HashSet<>(late);
    List<NodeProto> front = new ArrayList<>();
    List<NodeProto> others = new ArrayList<>();
    for (int i = alive.size() - 1; i >= 0; i--) {
      NodeProto node = alive.get(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        front.add(node);
        needed.addAll(node.getInputList());
      } else {
        others.add(node);
      }
    }
    Collections.reverse(front);
    Collections.reverse(others);
    front.addAll(others);
    return front;
  }
}
