package io.semimoe.training.artifact;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.graph.artifact.OptimizerKind;
import io.semimoe.graph.network.NetworkSpec;

/**
 * What decides the training artifacts.
 *
 * @param network sizes of the network
 * @param dropout share of the gates' hidden units that is dropped, in [0, 1)
 * @param optimizer optimizer of the parameters
 * @param adamW constants of AdamW; they do not matter for SGD, whose own are fed in each step
 */
public record TrainingDesign(
    NetworkSpec network, double dropout, OptimizerKind optimizer, AdamW adamW) {

  /**
   * Constants of AdamW.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the denominator
   * @param weightDecay decoupled weight decay
   */
  public record AdamW(double beta1, double beta2, double epsilon, double weightDecay) {}

  /** Checks the dropout. */
  public TrainingDesign {
    checkArgument(
        dropout >= 0 && dropout < 1, "dropout: expected a share in [0, 1), found %s", dropout);
  }
}
