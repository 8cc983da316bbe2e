package io.semimoe.graph.artifact;

import static io.semimoe.graph.Operators.add;
import static io.semimoe.graph.Operators.mul;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
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
 * all parameters, the gradient buffers and what fills them.
 *
 * <p>AdamW: the gradient of each pass is added to the buffer, or overwrites it after a lazy reset.
 *
 * <p>SGD: the runtime's optimizer knows no momentum, so the velocity v is a state of the graph. On
 * the first pass of an iteration v ← v + g + wd·w + (μ − 1)·v, on each later pass v ← v + g (the
 * caller feeds the coefficients, 0 on later passes); v then overwrites the gradient buffer, and the
 * optimizer takes w ← w − lr·v. This is torch.optim.SGD with the gradients of all passes summed.
 */
public final class TrainingGraph {
  /** Name of the bool [1] input that makes a pass overwrite the gradient buffers. */
  public static final String LAZY_RESET = "lazy_reset_grad";

  /** Name of the float32 [] input of SGD: weight decay on the first pass, 0 on later ones. */
  public static final String WEIGHT_DECAY = "sgd.weight_decay";

  /** Name of the float32 [] input of SGD: momentum − 1 on the first pass, 0 on later ones. */
  public static final String VELOCITY_DECAY = "sgd.velocity_decay";

  /** Suffix of the states that hold the velocities of SGD. */
  public static final String VELOCITY_SUFFIX = ".velocity";

  private static final String BUFFER_SUFFIX = "_grad.accumulation.buffer";
  private static final String FLAG_SUFFIX = "_grad.accumulation.out";

  private TrainingGraph() {}

  /**
   * Adds gradients and accumulation for every parameter of the graph of {@code loss}.
   *
   * @return the gradient of one pass, by parameter
   * @throws IllegalArgumentException if the loss has more than one element or does not depend on
   *     some parameter
   */
  public static Map<Variable, Value> complete(Value loss, OptimizerKind optimizer) {
    Graph graph = loss.graph();
    List<Variable> parameters = graph.parameters();
    Map<Value, Value> byValue =
        Gradients.of(loss, parameters.stream().map(Variable::value).toList());
    Map<Variable, Value> gradients = new LinkedHashMap<>();
    parameters.forEach(p -> gradients.put(p, byValue.get(p.value())));
    Value reset = graph.input(LAZY_RESET, new TensorType(ElementType.BOOL, Shape.of(1)));
    if (optimizer == OptimizerKind.ADAMW) {
      for (Variable p : parameters) {
        accumulate(graph, p, gradients.get(p), reset);
      }
      return gradients;
    }
    TensorType scalar = TensorType.floats(Shape.SCALAR);
    Value weightDecay = graph.input(WEIGHT_DECAY, scalar);
    Value velocityDecay = graph.input(VELOCITY_DECAY, scalar);
    Value always = graph.constant(Constant.flag(true));
    Value never = graph.constant(Constant.flag(false));
    for (Variable p : parameters) {
      Value velocity =
          graph.state(
              p.name() + VELOCITY_SUFFIX, p.value().shape(), new Initialization.Constant(0));
      Value change =
          add(gradients.get(p), add(mul(p.value(), weightDecay), mul(velocity, velocityDecay)));
      Value updated =
          graph.apply(new InPlaceAccumulator(), List.of(velocity, change, never)).get(1);
      accumulate(graph, p, updated, always);
    }
    return gradients;
  }

  private static void accumulate(Graph graph, Variable p, Value value, Value overwrite) {
    Value buffer = graph.input(p.name() + BUFFER_SUFFIX, p.value().type());
    Value flag = graph.apply(new InPlaceAccumulator(), buffer, value, overwrite);
    graph.output(p.name() + FLAG_SUFFIX, flag);
  }
}
