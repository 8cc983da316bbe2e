package io.semimoe.graph.gradient;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Node;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Expand;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a gradient rule sees: a node, the gradients of its outputs, and where its results go. */
final class Backward {
  private final Node node;
  private final Function<Value, Value> gradients;
  private final Predicate<Value> needed;
  private final BiConsumer<Value, Value> contributions;

  Backward(
      Node node,
      Function<Value, Value> gradients,
      Predicate<Value> needed,
      BiConsumer<Value, Value> contributions) {
    this.node = node;
    this.gradients = gradients;
    this.needed = needed;
    this.contributions = contributions;
  }

  Graph graph() {
    return input(0).graph();
  }

  Node node() {
    return node;
  }

  int inputs() {
    return node.inputs().size();
  }

  Value input(int i) {
    return node.inputs().get(i);
  }

  Value output(int i) {
    return node.outputs().get(i);
  }

  /** Returns the gradient of the first output. */
  Value dY() {
    return dY(0);
  }

  /** Returns the gradient of an output; zeros if the target does not depend on it. */
  Value dY(int i) {
    Value gradient = gradients.apply(output(i));
    if (gradient != null) {
      return gradient;
    }
    Value zero = graph().constant(Constant.scalar(0));
    return graph().apply(new Expand(output(i).shape()), zero);
  }

  /** Returns whether the target depends on output {@code i}. */
  boolean reaches(int i) {
    return gradients.apply(output(i)) != null;
  }

  /** Returns whether the gradient of input {@code i} is wanted. */
  boolean needs(int i) {
    return i < inputs() && needed.test(input(i));
  }

  /** Adds {@code gradient}, of the input's shape, to the gradient of input {@code i}. */
  void contribute(int i, Value gradient) {
    if (!gradient.shape().equals(input(i).shape())) {
      throw new IllegalStateException(
          "gradient of input "
              + i
              + " of "
              + node
              + " has shape "
              + gradient.shape()
              + ", expected "
              + input(i).shape());
    }
    contributions.accept(input(i), gradient);
  }
}
