package io.semimoe.training.artifact;

import static io.semimoe.graph.Operators.softmax;
import static io.semimoe.graph.Operators.split;
import static io.semimoe.graph.Operators.tanh;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.TrainingGraph;
import io.semimoe.graph.artifact.WeightAverage;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.network.SemiMoeNetwork;
import io.semimoe.graph.network.Task;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import io.semimoe.loss.SemiMoeObjective;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The graphs of Semi-MoE for training and for evaluation. */
public final class SemiMoeGraphs {
  /** Input: normalised images, float32 [N, 3, H, W]. */
  public static final String IMAGE = "image";

  /**
   * Input of training with dropout: factors of the gates' hidden units, float32 [N, 3 · 3w/2, 1,
   * 1], one gate after the other; 0 drops a unit, 1/(1 − rate) keeps it. They are fed rather than
   * drawn by the runtime, so that a resumed training draws the same ones.
   */
  public static final String DROPOUT = "dropout";

  /** Output of evaluation: class probabilities, float32 [N, 2, H, W]. */
  public static final String PROBABILITIES = "probabilities";

  /** Output of evaluation: signed distance field, float32 [N, 1, H, W] in (−1, 1). */
  public static final String DISTANCE = "distance";

  private SemiMoeGraphs() {}

  /** Returns the graph of a training pass. */
  public static Graph training(TrainingDesign design) {
    return training(design, false);
  }

  /**
   * Returns the graph of a training pass.
   *
   * @param diagnostics whether logits, pseudo-labels and gradients are outputs too: {@code
   *     expert.TASK}, {@code gate.TASK}, {@code pseudo.TASK}, {@code gradient.PARAMETER}
   */
  public static Graph training(TrainingDesign design, boolean diagnostics) {
    NetworkSpec spec = design.pass();
    Graph graph = new Graph();
    Value image = graph.input(IMAGE, TensorType.floats(spec.images(3)));
    SemiMoeNetwork.Outputs network =
        SemiMoeNetwork.training(
            image, spec.width(), design.batchesInPass(), dropout(graph, design));
    SemiMoeObjective.Terms terms = SemiMoeObjective.add(network, spec);
    if (design.averaged()) {
      WeightAverage.add(graph);
    }
    Map<Variable, Value> gradients = TrainingGraph.complete(terms.total());
    if (diagnostics) {
      network.expertLogits().forEach((task, v) -> graph.output("expert." + task.text(), v));
      network.gateLogits().forEach((task, v) -> graph.output("gate." + task.text(), v));
      graph.output("pseudo." + Task.SEGMENTATION.text(), terms.pseudoMask());
      graph.output("pseudo." + Task.DISTANCE.text(), terms.pseudoField());
      graph.output("pseudo." + Task.BOUNDARY.text(), terms.pseudoBoundary());
      gradients.forEach((p, gradient) -> graph.output("gradient." + p.name(), gradient));
    }
    return graph;
  }

  /** Returns the graph of evaluation: normalised images to class probabilities and distances. */
  public static Graph evaluation(NetworkSpec spec) {
    return evaluation(spec, new Graph());
  }

  /** Returns the graph of evaluation in training: that of the averages, where such are kept. */
  static Graph evaluation(TrainingDesign design) {
    return evaluation(
        design.network(), design.averaged() ? new Graph(WeightAverage.PREFIX) : new Graph());
  }

  private static Graph evaluation(NetworkSpec spec, Graph graph) {
    Value image = graph.input(IMAGE, TensorType.floats(spec.images(3)));
    Map<Task, Value> logits = SemiMoeNetwork.inferenceOfAllTasks(image, spec.width()).gateLogits();
    graph.output(PROBABILITIES, softmax(logits.get(Task.SEGMENTATION), 1));
    graph.output(DISTANCE, tanh(logits.get(Task.DISTANCE)));
    return graph;
  }

  private static Map<Task, Value> dropout(Graph graph, TrainingDesign design) {
    Map<Task, Value> factors = new EnumMap<>(Task.class);
    if (design.dropout() > 0) {
      int units = design.pass().gateUnits();
      Value all =
          graph.input(DROPOUT, TensorType.floats(Shape.of(design.pass().batch(), 3 * units, 1, 1)));
      List<Value> parts = split(all, 1, units, units, units);
      for (Task task : Task.values()) {
        factors.put(task, parts.get(factors.size()));
      }
    }
    return factors;
  }
}
