package io.semimoe.training.loop;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.runtime.StepOutputs;
import io.semimoe.training.runtime.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs iterations of Semi-MoE on a training session: the unlabelled batch on pseudo-labels and the
 * labelled batch, in one pass or in a pass each as the design has it, a step of the optimizer and a
 * step of the adaptive weights. The session stays the caller's to close.
 */
public final class NetworkTrainer {
  private final TrainingSession session;
  private final TrainingDesign design;
  private final PassFeeds feeds;
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
    this.feeds = new PassFeeds(design);
    this.loss = loss;
  }

  /**
   * What an iteration computed.
   *
   * @param total A(labelled) + λ · A(unlabelled), before the step
   * @param labelled what came of the labelled batch
   * @param unlabelled what came of the unlabelled batch, if there was one
   * @param passes all outputs of the pass that both batches had, or of the unlabelled pass, if any,
   *     and the labelled one
   */
  public record Iteration(
      double total,
      BatchOutputs labelled,
      Optional<BatchOutputs> unlabelled,
      List<StepOutputs> passes) {}

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
   * @param averageRate rate of the running averages, from 0 to 1, if the design has any
   * @throws IllegalArgumentException if there is no unlabelled batch and the design has both in one
   *     pass
   */
  public Iteration iterate(
      BatchInputs labelled,
      Optional<BatchInputs> unlabelled,
      double lambda,
      double learningRate,
      double averageRate) {
    TaskValues weights = loss.weights();
    TaskValues none = new TaskValues(0, 0, 0);
    List<WeightedBatch> batches = new ArrayList<>();
    unlabelled.ifPresent(
        inputs -> batches.add(new WeightedBatch(inputs, true, weights.times(lambda), none)));
    batches.add(new WeightedBatch(labelled, false, weights, weights));
    int together = design.batchesInPass();
    checkArgument(
        batches.size() >= together, "expected two batches, as the design has in a pass, found one");

    session.lazyResetGrad();
    List<StepOutputs> passes = new ArrayList<>();
    List<BatchOutputs> outputs = new ArrayList<>();
    for (int first = 0; first < batches.size(); first += together) {
      int end = first + together;
      // The averages move once an iteration, in the pass after which the statistics are complete.
      double rate = end == batches.size() ? averageRate : 0;
      StepOutputs pass = session.trainStep(feeds.of(batches.subList(first, end), rate));
      passes.add(pass);
      for (int i = 0; i < together; i++) {
        outputs.add(BatchOutputs.of(pass, i, together));
      }
    }
    session.setLearningRate((float) learningRate);
    session.optimizerStep();

    BatchOutputs ofLabelled = outputs.get(outputs.size() - 1);
    Optional<BatchOutputs> ofUnlabelled = unlabelled.map(inputs -> outputs.get(0));
    double total = adapt(ofLabelled, ofUnlabelled, lambda);
    return new Iteration(total, ofLabelled, ofUnlabelled, passes);
  }

  /** Takes the step of the adaptive weights and returns the total loss before it. */
  private double adapt(BatchOutputs labelled, Optional<BatchOutputs> unlabelled, double lambda) {
    TaskValues losses = labelled.expert().plus(labelled.gate());
    double total = loss.value(losses);
    TaskValues gradient = loss.gradient(losses);
    if (unlabelled.isPresent()) {
      TaskValues pseudo = unlabelled.get().expert();
      total += lambda * loss.value(pseudo);
      gradient = gradient.plus(loss.gradient(pseudo).times(lambda));
    }
    loss = loss.step(gradient);
    return total;
  }
}
