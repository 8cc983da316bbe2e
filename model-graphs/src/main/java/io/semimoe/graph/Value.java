package io.semimoe.graph;

import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.Optional;

/**
 * A tensor in a {@link Graph}: a graph input, a parameter, a state, a constant or a node's output.
 */
public final class Value {
  private final Graph graph;
  private final String name;
  private final TensorType type;
  private final Kind kind;
  private Node producer;

  /** Where a value comes from. */
  public enum Kind {
    /** Fed by the caller on every run. */
    INPUT,
    /** Learned; kept in the checkpoint. */
    PARAMETER,
    /** Not learned, but kept in the checkpoint and changed in place. */
    STATE,
    /** Written into the model. */
    CONSTANT,
    /** Made by a node. */
    COMPUTED
  }

  Value(Graph graph, String name, TensorType type, Kind kind) {
    this.graph = graph;
    this.name = name;
    this.type = type;
    this.kind = kind;
  }

  void producedBy(Node node) {
    this.producer = node;
  }

  /** Returns the graph that owns this value. */
  public Graph graph() {
    return graph;
  }

  /** Returns the name, unique in the graph. */
  public String name() {
    return name;
  }

  /** Returns element type and shape. */
  public TensorType type() {
    return type;
  }

  /** Returns the shape. */
  public Shape shape() {
    return type.shape();
  }

  /** Returns where the value comes from. */
  public Kind kind() {
    return kind;
  }

  /** Returns the node that makes this value, if its kind is {@link Kind#COMPUTED}. */
  public Optional<Node> producer() {
    return Optional.ofNullable(producer);
  }

  @Override
  public String toString() {
    return "'" + name + "' " + type;
  }
}
