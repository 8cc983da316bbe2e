package io.semimoe.graph;

import io.semimoe.graph.op.Op;
import java.util.List;

/**
 * One application of an operator.
 *
 * @param name unique name, for messages and for the file
 * @param op the operator with its attributes
 * @param inputs values it reads
 * @param outputs values it makes
 */
public record Node(String name, Op op, List<Value> inputs, List<Value> outputs) {

  /** Copies the lists. */
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  @Override
  public boolean equals(Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return op.type() + " '" + name + "'";
  }
}
