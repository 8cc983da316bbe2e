package io.semimoe.training.artifact;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;

/**
 * What decides the training artifacts.
 *
 * @param network sizes of the network
 * @param dropout share of the gates' hidden units that is dropped, in [0, 1)
 * @param optimizer optimizer of the parameters
 */
public record TrainingDesign(NetworkSpec network, double dropout, Optimizer optimizer) {
  /** Checks the dropout. */
  public TrainingDesign {
    checkArgument(
        dropout >= 0 && dropout < 1, "dropout: expected a share in [0, 1), found %s", dropout);
  }
}
