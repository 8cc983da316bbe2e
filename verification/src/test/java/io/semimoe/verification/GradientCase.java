package io.semimoe.verification;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.ElementType;
import io.semimoe.graph.op.Op;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * One line of the table of gradient checks: a function of tensors.
 *
 * @param name what is checked, for messages
 * @param op the operator, if it is one operator alone
 * @param operands what goes in
 * @param body adds the function to a graph and returns its outputs
 */
record GradientCase(
    String name,
    Optional<Op> op,
    List<Operand> operands,
    BiFunction<Graph, List<Value>, List<Value>> body) {

  /** A tensor that goes in, and whether a gradient with respect to it exists. */
  record Operand(TensorType type, boolean differentiable, boolean distinct) {

    /**
     * Returns content for a check by differences. Floats stay away from 0, where ReLU has its kink
     * and division its pole; those of a distinct operand differ by 0.05 or more, so that no small
     * step changes a maximum.
     */
    float[] content(Random random) {
      float[] content = new float[Math.toIntExact(type.shape().elements())];
      for (int i = 0; i < content.length; i++) {
        float sign = random.nextBoolean() ? 1 : -1;
        if (type.element() == ElementType.BOOL) {
          content[i] = sign > 0 ? 1 : 0;
        } else if (distinct) {
          int j = random.nextInt(i + 1);
          content[i] = content[j];
          content[j] = 0.05f * (i - content.length / 2);
        } else {
          content[i] = sign * (0.7f + 0.8f * random.nextFloat());
        }
      }
      return content;
    }
  }

  /** An operator on its own. */
  static GradientCase check(Op op, Operand... operands) {
    String types = List.of(operands).stream().map(Operand::type).toList().toString();
    return new GradientCase(
        op + " on " + types,
        Optional.of(op),
        List.of(operands),
        (graph, values) -> graph.apply(op, values));
  }

  /** A function of several operators. */
  static GradientCase check(
      String name, BiFunction<Graph, List<Value>, Value> body, Operand... operands) {
    return new GradientCase(
        name,
        Optional.empty(),
        List.of(operands),
        (graph, values) -> List.of(body.apply(graph, values)));
  }

  /** A tensor that gradients are checked for. */
  static Operand variable(int... dims) {
    return new Operand(TensorType.floats(Shape.of(dims)), true, false);
  }

  /** A tensor of different values that gradients are checked for. */
  static Operand distinct(int... dims) {
    return new Operand(TensorType.floats(Shape.of(dims)), true, true);
  }

  /** A tensor that has no gradient. */
  static Operand fixed(int... dims) {
    return new Operand(TensorType.floats(Shape.of(dims)), false, false);
  }

  /** A bool tensor. */
  static Operand condition(int... dims) {
    return new Operand(new TensorType(ElementType.BOOL, Shape.of(dims)), false, false);
  }

  @Override
  public String toString() {
    return name;
  }
}
