package io.semimoe.graph.artifact;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.gradient.Gradients;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.ElementType;
import io.semimoe.graph.op.InPlaceAccumulator;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Completes a forward graph into one that ONNX Runtime Training can train: adds the gradients of
 * all parameters, the gradient buffers and what fills them, and what changes the states that were
 * assigned to. The gradient of each pass is added to the buffer, or overwrites it after a lazy
 * reset; what is done with the sum is the {@link OptimizerModel}'s.
 */
public final class TrainingGraph {
  /** Name of the bool [1] input that makes a pass overwrite the gradient buffers. */
  public static final String LAZY_RESET = "lazy_reset_grad";

  private static final String BUFFER_SUFFIX = "_grad.accumulation.buffer";
  private static final String FLAG_SUFFIX = "_grad.accumulation.out";

  private TrainingGraph() {}

  /**
   * Adds gradients and accumulation for every parameter of the graph of {@code loss}, and what is
   * assigned or added to its states, in their own memory. That must depend on all that reads the
   * old value of the state, or the runtime may change it too early.
   *
   * @return the gradient of one pass, by parameter
   * @throws IllegalArgumentException if the loss has more than one element or does not depend on
   *     some parameter
   */
  public static Map<Variable, Value> complete(Value loss) {
    Graph graph = loss.graph();
    List<Variable> parameters = graph.parameters();
    Map<Value, Value> byValue =
        Gradients.of(loss, parameters.stream().map(Variable::value).toList());
    Map<Variable, Value> gradients = new LinkedHashMap<>();
    parameters.forEach(p -> gradients.put(p, byValue.get(p.value())));
    Value reset = graph.input(LAZY_RESET, new TensorType(ElementType.BOOL, Shape.of(1)));
    for (Variable p : parameters) {
      Value buffer = graph.input(p.name() + BUFFER_SUFFIX, p.value().type());
      Value flag = graph.apply(new InPlaceAccumulator(), buffer, gradients.get(p), reset);
      graph.output(p.name() + FLAG_SUFFIX, flag);
    }
    change(graph, graph.assignments(), true);
    change(graph, graph.accumulations(), false);
    return gradients;
  }

  /** Overwrites states by values, or adds the values to them. */
  private static void change(Graph graph, Map<Value, Value> values, boolean overwrite) {
    values.forEach(
        (state, value) ->
            graph.output(
                state.name() + FLAG_SUFFIX,
                graph.apply(
                    new InPlaceAccumulator(),
                    state,
                    value,
                    graph.constant(Constant.flag(overwrite)))));
  }
}
