package io.semimoe.training.loop;

import com.google.common.primitives.Longs;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.SemiMoeObjective;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.runtime.Feed;
import io.semimoe.training.runtime.StepOutputs;
import io.semimoe.training.runtime.TrainingSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs iterations of Semi-MoE on a training session: an unlabelled pass on pseudo-labels, a
 * labelled pass, a step of the optimizer and a step of the adaptive weights. The session stays the
 * caller's to close.
 */
public final class NetworkTrainer {
  private final TrainingSession session;
  private final TrainingDesign design;
  private final float[] noTarget;
  private AdaptiveMultiObjectiveLoss loss;

  /**
   * Creates a trainer.
   *
   * @param loss adaptive loss to begin with
   */
  public NetworkTrainer(
      TrainingSession session, TrainingDesign design, AdaptiveMultiObjectiveLoss loss) {
    this.session = session;
    this.design = design;
    this.loss = loss;
    this.noTarget = new float[Math.toIntExact(design.network().images(1).elements())];
  }

  /** Returns the shapes of what a pass of this design is fed with, by the name of the input. */
  static Map<String, List<Long>> inputs(TrainingDesign design) {
    NetworkSpec spec = design.network();
    Map<String, List<Long>> inputs = new HashMap<>();
    inputs.put(SemiMoeGraphs.IMAGE, Longs.asList(spec.images(3).toLongArray()));
    for (String target :
        List.of(SemiMoeObjective.MASK, SemiMoeObjective.FIELD, SemiMoeObjective.BOUNDARY)) {
      inputs.put(target, Longs.asList(spec.images(1).toLongArray()));
    }
    inputs.put(SemiMoeObjective.USE_PSEUDO_LABELS, List.of(1L));
    inputs.put(SemiMoeObjective.LOSS_WEIGHTS, List.of(6L));
    if (design.dropout() > 0) {
      inputs.put(
          SemiMoeGraphs.DROPOUT, List.of((long) spec.batch(), 3L * spec.gateUnits(), 1L, 1L));
    }
    return inputs;
  }

  /**
   * What an iteration computed.
   *
   * @param total A(labelled) + λ · A(unlabelled), before the step
   * @param labelled the labelled pass
   * @param unlabelled the unlabelled pass, if there was one
   */
  public record Iteration(double total, Pass labelled, Optional<Pass> unlabelled) {}

  /**
   * What a pass computed.
   *
   * @param expert losses of the experts
   * @param gate losses of the gates
   * @param outputs all outputs of the pass
   */
  public record Pass(TaskValues expert, TaskValues gate, StepOutputs outputs) {}

  /** Returns the adaptive loss in its present state. */
  public AdaptiveMultiObjectiveLoss loss() {
    return loss;
  }

  /**
   * Runs one iteration.
   *
   * @param labelled labelled batch
   * @param unlabelled unlabelled batch; empty trains supervised only
   * @param lambda weight λ of the unlabelled loss
   * @param learningRate learning rate of the parameters
   */
  public Iteration iterate(
      PassInputs labelled, Optional<PassInputs> unlabelled, double lambda, double learningRate) {
    TaskValues weights = loss.weights();
    TaskValues none = new TaskValues(0, 0, 0);
    session.lazyResetGrad();
    Optional<Pass> second =
        unlabelled.map(inputs -> pass(inputs, true, weights.times(lambda), none));
    Pass first = pass(labelled, false, weights, weights);
    session.setLearningRate((float) learningRate);
    session.optimizerStep();

    TaskValues labelledLosses = first.expert().plus(first.gate());
    double total = loss.value(labelledLosses);
    TaskValues gradient = loss.gradient(labelledLosses);
    if (second.isPresent()) {
      TaskValues losses = second.get().expert();
      total += lambda * loss.value(losses);
      gradient = gradient.plus(loss.gradient(losses).times(lambda));
    }
    loss = loss.step(gradient);
    return new Iteration(total, first, second);
  }

  private Pass pass(
      PassInputs inputs, boolean pseudoLabels, TaskValues expertWeights, TaskValues gateWeights) {
    NetworkSpec spec = design.network();
    Map<String, Feed> feeds = new HashMap<>();
    feeds.put(SemiMoeGraphs.IMAGE, images(inputs.image(), 3));
    feeds.put(SemiMoeObjective.MASK, target(inputs.mask()));
    feeds.put(SemiMoeObjective.FIELD, target(inputs.field()));
    feeds.put(SemiMoeObjective.BOUNDARY, target(inputs.boundary()));
    feeds.put(SemiMoeObjective.USE_PSEUDO_LABELS, Feed.flag(pseudoLabels));
    feeds.put(SemiMoeObjective.LOSS_WEIGHTS, weights(expertWeights, gateWeights));
    if (design.dropout() > 0) {
      feeds.put(
          SemiMoeGraphs.DROPOUT,
          Feed.floats(inputs.dropout(), spec.batch(), 3L * spec.gateUnits(), 1, 1));
    }
    StepOutputs outputs = session.trainStep(feeds);
    float[] losses = outputs.floats(SemiMoeObjective.LOSSES);
    return new Pass(taskValues(losses, 0), taskValues(losses, 3), outputs);
  }

  private Feed target(float[] values) {
    return images(values.length == 0 ? noTarget : values, 1);
  }

  private Feed images(float[] values, int channels) {
    return Feed.floats(values, design.network().images(channels).toLongArray());
  }

  private static Feed weights(TaskValues experts, TaskValues gates) {
    float[] weights = new float[6];
    int i = 0;
    for (TaskValues w : List.of(experts, gates)) {
      weights[i++] = (float) w.segmentation();
      weights[i++] = (float) w.distance();
      weights[i++] = (float) w.boundary();
    }
    return Feed.floats(weights, weights.length);
  }

  private static TaskValues taskValues(float[] losses, int from) {
    return new TaskValues(losses[from], losses[from + 1], losses[from + 2]);
  }
}
