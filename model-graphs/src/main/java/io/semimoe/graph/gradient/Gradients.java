package io.semimoe.graph.gradient;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Node;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Expand;
import io.semimoe.graph.op.Op;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse-mode differentiation of a graph into itself. */
public final class Gradients {
  private Gradients() {}

  /**
   * Adds the nodes that compute the gradient of {@code target} and returns the gradients by
   * variable. Only paths from {@code variables} to the target are differentiated.
   *
   * @param target a value with one element
   * @param variables values to differentiate with respect to
   * @return for each variable, in order, a value of its shape
   * @throws IllegalArgumentException if the target has more than one element or does not depend on
   *     a variable (which is named)
   * @throws UnsupportedOperationException if a node on the way has no gradient rule; the message
   *     names operator and node
   */
  public static Map<Value, Value> of(Value target, Collection<Value> variables) {
    checkArgument(
        target.shape().elements() == 1,
        "only a value with one element can be differentiated, found %s",
        target);
    Graph graph = target.graph();
    List<Node> forward = List.copyOf(graph.nodes());
    Set<Value> dependent = dependents(forward, variables);
    Map<Value, List<Value>> contributions = new HashMap<>();
    Map<Value, Value> totals = new HashMap<>();
    Value one = graph.constant(Constant.scalar(1));
    contributions.put(
        target, new ArrayList<>(List.of(graph.apply(new Expand(target.shape()), one))));
    for (int i = forward.size() - 1; i >= 0; i--) {
      Node node = forward.get(i);
      if (node.outputs().stream().anyMatch(contributions::containsKey)
          && node.inputs().stream().anyMatch(dependent::contains)
          && !GradientRules.isNonDifferentiable(node.op())) {
        graph.scoped(
            node.name() + ".gradient", () -> differentiate(node, dependent, totals, contributions));
      }
    }
    Map<Value, Value> gradients = new LinkedHashMap<>();
    for (Value variable : variables) {
      checkArgument(
          contributions.containsKey(variable),
          "%s does not depend on %s, so it has no gradient",
          target,
          variable);
      gradients.put(variable, GradientRules.total(contributions.get(variable)));
    }
    return gradients;
  }

  /** Returns whether the gradient of an operator is defined, be it as "none". */
  public static boolean isDefinedFor(Op op) {
    return GradientRules.isNonDifferentiable(op) || GradientRules.of(op).isPresent();
  }

  private static Node differentiate(
      Node node,
      Set<Value> dependent,
      Map<Value, Value> totals,
      Map<Value, List<Value>> contributions) {
    for (Value output : node.outputs()) {
      if (contributions.containsKey(output)) {
        totals.put(output, GradientRules.total(contributions.get(output)));
      }
    }
    GradientRule rule =
        GradientRules.of(node.op())
            .orElseThrow(
                () ->
                    new UnsupportedOperationException(
                        "no gradient rule for " + node + "; add one to GradientRules"));
    rule.apply(
        new Backward(
            node,
            totals::get,
            dependent::contains,
            (input, gradient) -> {
              if (dependent.contains(input)) {
                contributions.computeIfAbsent(input, v -> new ArrayList<>()).add(gradient);
              }
            }));
    return node;
  }

  /** Returns the variables and all values that depend on them through differentiable operators. */
  private static Set<Value> dependents(List<Node> nodes, Collection<Value> variables) {
    Set<Value> dependent = new HashSet<>(variables);
    for (Node node : nodes) {
      if (!GradientRules.isNonDifferentiable(node.op())
          && node.inputs().stream().anyMatch(dependent::contains)) {
        dependent.addAll(node.outputs());
      }
    }
    return dependent;
  }
}
