package io.semimoe.loss;

import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.mean;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.reduceSum;
import static io.semimoe.graph.Operators.reshape;
import static io.semimoe.graph.Operators.stopGradient;
import static io.semimoe.graph.Operators.tanh;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.network.SemiMoeNetwork;
import io.semimoe.graph.network.Task;
import io.semimoe.graph.op.ElementType;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import io.semimoe.graph.op.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The objective of one pass as a graph: a weighted sum of six losses of each image, of the experts
 * and of the gates in the order of {@link Task}. The caller feeds the weights, so that the adaptive
 * weighting and the ramp stay in Java, and a pass may hold labelled and unlabelled images.
 *
 * <p>The target of an image is its ground truth or, where {@link #USE_PSEUDO_LABELS} is true, the
 * pseudo-label from the gates of the same pass, without gradient: arg-max for mask and boundary,
 * tanh for the signed distance field. For unlabelled images the losses of the gates have weight 0.
 */
public final class SemiMoeObjective {
  /** Input: ground-truth mask, float32 [N, 1, H, W] of zeros and ones. */
  public static final String MASK = "mask";

  /** Input: ground-truth signed distance field, float32 [N, 1, H, W] in [−1, 1]. */
  public static final String FIELD = "sdf";

  /** Input: ground-truth boundary, float32 [N, 1, H, W] of zeros and ones. */
  public static final String BOUNDARY = "boundary";

  /** Input: bool [N, 1, 1, 1], whether a pseudo-label replaces the ground truth of an image. */
  public static final String USE_PSEUDO_LABELS = "use_pseudo_labels";

  /** Input: float32 [N, 6], weights of the losses of each image, in the order of the losses. */
  public static final String LOSS_WEIGHTS = "loss_weights";

  /** Output: float32 [N, 6], the losses without weights: three experts, then three gates. */
  public static final String LOSSES = "losses";

  /** Output: float32 [N, 9, 1, 1], expert weights of the three gates one after the other. */
  public static final String GATE_WEIGHTS = "gate_weights";

  /** Output: float32 [N], share of foreground in the segmentation pseudo-labels. */
  public static final String PSEUDO_FOREGROUND = "pseudo_foreground";

  private SemiMoeObjective() {}

  /**
   * The objective and what it was computed from.
   *
   * @param total weighted sum of the losses, a float32 scalar; what is differentiated
   * @param pseudoMask segmentation pseudo-label, float32 [N, 1, H, W] of zeros and ones
   * @param pseudoField signed distance pseudo-label, float32 [N, 1, H, W] in (−1, 1)
   * @param pseudoBoundary boundary pseudo-label, float32 [N, 1, H, W] of zeros and ones
   */
  public record Terms(Value total, Value pseudoMask, Value pseudoField, Value pseudoBoundary) {}

  /** Adds the objective, with its inputs and outputs, to the graph of a network in training. */
  public static Terms add(SemiMoeNetwork.Outputs network, NetworkSpec spec) {
    Map<Task, Value> gates = network.gateLogits();
    Graph graph = gates.get(Task.SEGMENTATION).graph();
    TensorType map = TensorType.floats(spec.images(1));
    Value mask = graph.input(MASK, map);
    Value field = graph.input(FIELD, map);
    Value boundary = graph.input(BOUNDARY, map);
    int batch = spec.batch();
    Value pseudo =
        graph.input(USE_PSEUDO_LABELS, new TensorType(ElementType.BOOL, Shape.of(batch, 1, 1, 1)));
    Value weights = graph.input(LOSS_WEIGHTS, TensorType.floats(Shape.of(batch, 6)));

    Value pseudoMask = TwoClasses.argMax(gates.get(Task.SEGMENTATION));
    Value pseudoField = stopGradient(tanh(gates.get(Task.DISTANCE)));
    Value pseudoBoundary = TwoClasses.argMax(gates.get(Task.BOUNDARY));
    Value maskTarget = TwoClasses.oneHot(choose(pseudo, pseudoMask, mask));
    Value fieldTarget = choose(pseudo, pseudoField, field);
    Value boundaryTarget = TwoClasses.oneHot(choose(pseudo, pseudoBoundary, boundary));

    List<Value> losses = new ArrayList<>();
    for (Map<Task, Value> logits : List.of(network.expertLogits(), gates)) {
      losses.add(SegmentationDiceLoss.of(logits.get(Task.SEGMENTATION), maskTarget));
      losses.add(SignedDistanceLoss.of(logits.get(Task.DISTANCE), fieldTarget));
      losses.add(BoundaryDiceLoss.of(logits.get(Task.BOUNDARY), boundaryTarget));
    }
    Value table = concat(1, losses.stream().map(loss -> reshape(loss, batch, 1)).toList());
    graph.output(LOSSES, table);
    graph.output(GATE_WEIGHTS, concat(1, List.copyOf(network.gateWeights().values())));
    graph.output(PSEUDO_FOREGROUND, mean(pseudoMask, 1, 2, 3));
    Value total = reduceSum(mul(table, weights), 0, 1);
    return new Terms(total, pseudoMask, pseudoField, pseudoBoundary);
  }

  private static Value choose(Value condition, Value yes, Value no) {
    return condition.graph().apply(new Where(), condition, yes, no);
  }
}
