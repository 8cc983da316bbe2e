package io.semimoe.graph.op;

import java.util.List;

/** Checks of the inputs of an operator, with messages that name it. */
final class Expect {
  private Expect() {}

  static void that(boolean condition, Op op, String expected, List<TensorType> found) {
    if (!condition) {
      throw new IllegalArgumentException(
          op.type() + ": expected " + expected + ", found inputs " + found);
    }
  }

  static void count(Op op, List<TensorType> inputs, int expected) {
    that(inputs.size() == expected, op, expected + " input(s)", inputs);
  }

  static void floats(Op op, List<TensorType> inputs) {
    that(
        inputs.stream().allMatch(t -> t.element() == ElementType.FLOAT),
        op,
        "float32 inputs",
        inputs);
  }

  static void floats(Op op, List<TensorType> inputs, int count) {
    count(op, inputs, count);
    floats(op, inputs);
  }

  static void images(Op op, TensorType type, List<TensorType> inputs) {
    that(type.shape().rank() == 4, op, "an image tensor [N, C, H, W]", inputs);
  }

  static void axis(Op op, int axis, List<TensorType> inputs) {
    that(
        axis >= 0 && inputs.stream().allMatch(t -> axis < t.shape().rank()),
        op,
        "inputs that have axis " + axis,
        inputs);
  }

  static void axes(Op op, List<Integer> axes, List<TensorType> inputs) {
    axes.forEach(axis -> axis(op, axis, inputs));
    that(
        axes.stream().distinct().count() == axes.size(), op, "each axis once, not " + axes, inputs);
  }
}
