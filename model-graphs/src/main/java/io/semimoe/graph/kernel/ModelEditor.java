package io.semimoe.graph.kernel;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.common.primitives.Floats;
import io.semimoe.graph.onnx.AttributeProtos;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Domain;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
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
  private final Map<String, Map<Constant, String>> constants = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<NodeProto, String> known = new HashMap<>();
  private final Set<String> late = new HashSet<>();

  private String place = "";
  private int count;

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

  /** Makes a value of the original graph, of the elements of {@code x} in another shape. */
  void makeReshaped(String x, Shape shape, String value) {
    make(node("", "Reshape", x, vector(shape.toLongArray())), value);
  }

  /** Returns a value with the elements of {@code x} in another shape. */
  String reshape(String x, int... sizes) {
    long[] target = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      target[i] = sizes[i];
    }
    return add(node("", "Reshape", x, vector(target)), Shape.of(sizes));
  }

  /** Returns a value with the axes of {@code x} in another order. */
  String transpose(String x, Shape shape, long... permutation) {
    return add(
        node("", "Transpose", x).addAttribute(AttributeProtos.integers("perm", permutation)),
        shape);
  }

  /**
   * Returns the products of the matrices in the last two axes of {@code a} and {@code b}.
   *
   * @param turnA 1 if those of {@code a} are to be transposed, else 0
   * @param turnB likewise for {@code b}
   * @param shape shape of the result
   */
  String product(String a, String b, int turnA, int turnB, Shape shape) {
    return add(
        node(Domain.MICROSOFT.text(), "FusedMatMul", a, b)
            .addAttribute(AttributeProtos.integer("transA", turnA))
            .addAttribute(AttributeProtos.integer("transB", turnB)),
        shape);
  }

  /** Returns {@code x} with the elements along an axis in reverse. */
  String reversed(String x, int axis) {
    int length = shape(x).dim(axis);
    String backwards = vector(LongStream.range(0, length).map(i -> length - 1 - i).toArray());
    return add(
        node("", "Gather", x, backwards).addAttribute(AttributeProtos.integer("axis", axis)),
        shape(x));
  }

  /** Returns an int64 vector. */
  String vector(long... elements) {
    return constant("", Constant.longs(elements));
  }

  /**
   * Returns a float32 matrix of these rows.
   *
   * @param purpose what it is for; what is computed with matrices for different purposes is
   *     computed twice, not kept
   */
  String matrix(String purpose, float[][] rows) {
    return constant(
        purpose, Constant.floats(Shape.of(rows.length, rows[0].length), Floats.concat(rows)));
  }

  private String constant(String purpose, Constant value) {
    return constants
        .computeIfAbsent(purpose, p -> new LinkedHashMap<>())
        .computeIfAbsent(value, v -> PREFIX + "constant." + count++);
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
    GraphProto.Builder graph =
        original.toBuilder()
            .clearNode()
            .addAllNode(lateOnesFirst(alive))
            .addAllValueInfo(values.stream().filter(v -> read.contains(v.getName())).toList());
    for (Map<Constant, String> ofOnePurpose : constants.values()) {
      ofOnePurpose.forEach(
          (constant, name) -> {
            if (read.contains(name)) {
              graph.addInitializer(TensorProtos.constant(name, constant));
            }
          });
    }
    return graph.build();
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
