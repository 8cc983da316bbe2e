package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.gradient.Gradients;
import io.semimoe.graph.op.BatchNormInternal;
import io.semimoe.graph.op.BinaryOp;
import io.semimoe.graph.op.ElementType;
import io.semimoe.graph.op.ReduceSum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks gradients by projection: for random cotangents v and directions u of ±1, ⟨vjp(v), u⟩ must
 * equal (⟨v, f(x + hu)⟩ − ⟨v, f(x − hu)⟩) / 2h. Both sides run in ONNX Runtime in float32; the
 * inner products are taken in double precision.
 */
final class GradientCheck {
  private static final double STEP = 1e-2;

  /** Of the norm of the gradient, which is what ⟨gradient, u⟩ typically is. */
  private static final double TOLERANCE = 1e-3;

  private static final int DIRECTIONS = 3;

  private final GradientCase function;
  private final Random random;
  private final Map<String, float[]> contents = new HashMap<>();
  private final Map<Integer, String> gradientNames = new HashMap<>();
  private final List<Value> results = new ArrayList<>();

  private GradientCheck(GradientCase function, long seed) {
    this.function = function;
    this.random = new Random(seed);
  }

  /**
   * Checks the gradients of a function when all its differentiable operands are variables, and when
   * each of them is the only one.
   */
  static void run(GradientCase function, long seed) {
    Set<Integer> all = new TreeSet<>();
    for (int i = 0; i < function.operands().size(); i++) {
      if (function.operands().get(i).differentiable()) {
        all.add(i);
      }
    }
    assertThat(all).as("differentiable operands of %s", function).isNotEmpty();
    new GradientCheck(function, seed).check(all);
    if (all.size() > 1) {
      all.forEach(i -> new GradientCheck(function, seed).check(Set.of(i)));
    }
  }

  private void check(Set<Integer> variables) {
    Graph graph = graph(variables);
    try (GraphRunner runner = GraphRunner.open(graph)) {
      Map<String, float[]> base = runner.run(contents);
      for (int variable : variables) {
        float[] gradient = base.get(gradientNames.get(variable));
        for (int k = 0; k < DIRECTIONS; k++) {
          float[] direction = new float[gradient.length];
          for (int i = 0; i < direction.length; i++) {
            direction[i] = random.nextBoolean() ? 1 : -1;
          }
          String operand = "operand." + variable;
          double quotient =
              (moved(runner, operand, direction, STEP) - moved(runner, operand, direction, -STEP))
                  / (2 * STEP);
          assertThat(dot(gradient, direction))
              .as("gradient of operand %s of %s, variables %s", variable, function, variables)
              .isCloseTo(quotient, within(TOLERANCE * Math.sqrt(dot(gradient, gradient)) + 1e-6));
        }
      }
    }
  }

  private Graph graph(Set<Integer> variables) {
    Graph graph = new Graph();
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < function.operands().size(); i++) {
      GradientCase.Operand operand = function.operands().get(i);
      String name = "operand." + i;
      operands.add(
          variables.contains(i)
              ? graph.parameter(name, operand.type().shape(), new Initialization.Constant(0))
              : graph.input(name, operand.type()));
      contents.put(name, operand.content(random));
    }
    Value target = null;
    for (Value y : function.body().apply(graph, operands)) {
      if (y.type().element() == ElementType.FLOAT && isDifferentiable(y)) {
        Value term = projected(graph, y);
        target = target == null ? term : Operators.add(target, term);
      }
    }
    Map<Value, String> names = new HashMap<>();
    Map<Value, Value> gradients =
        Gradients.of(target, variables.stream().map(operands::get).toList());
    for (int variable : variables) {
      // Two variables may have one and the same gradient, but an output has one name.
      Value gradient = gradients.get(operands.get(variable));
      String name = "gradient." + variable;
      gradientNames.put(variable, names.computeIfAbsent(gradient, g -> name));
      if (gradientNames.get(variable).equals(name)) {
        graph.output(name, gradient);
      }
    }
    return graph;
  }

  /** Makes y an output and returns ⟨v, y⟩ for a random v, of shape [1]. */
  private Value projected(Graph graph, Value y) {
    int index = results.size();
    Value v = graph.input("cotangent." + index, y.type());
    contents.put(v.name(), new GradientCase.Operand(y.type(), false, false).content(random));
    graph.output("result." + index, y);
    results.add(y);
    Value product = graph.apply(BinaryOp.MUL, y, v);
    Value flat = Operators.reshape(product, Math.toIntExact(y.shape().elements()));
    return graph.apply(new ReduceSum(List.of(0), true), flat);
  }

  /** The statistics that batch normalisation returns beside Y have no gradient. */
  private static boolean isDifferentiable(Value y) {
    return y.producer()
        .map(node -> !(node.op() instanceof BatchNormInternal) || node.outputs().indexOf(y) == 0)
        .orElse(true);
  }

  private double moved(GraphRunner runner, String operand, float[] direction, double step) {
    float[] moved = contents.get(operand).clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    Map<String, float[]> inputs = new HashMap<>(contents);
    inputs.put(operand, moved);
    Map<String, float[]> outputs = runner.run(inputs);
    double sum = 0;
    for (int i = 0; i < results.size(); i++) {
      sum += dot(outputs.get("result." + i), contents.get("cotangent." + i));
    }
    return sum;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
