package io.semimoe.training.artifact;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;

/**
 * What decides the training artifacts.
 *
 * @param network sizes of the network; its batch is that of the labelled and of the unlabelled
 *     images each
 * @param batchesInPass batches that run through the network at once, 1 or 2: the unlabelled and the
 *     labelled one in a pass each, or together, their images in turn and each batch normalised by
 *     its own statistics
 * @param dropout share of the gates' hidden units that is dropped, in [0, 1)
 * @param optimizer optimizer of the parameters
 * @param averaged whether a {@linkplain io.semimoe.graph.artifact.WeightAverage running average} of
 *     the network is kept, which then is what is evaluated
 */
public record TrainingDesign(
    NetworkSpec network, int batchesInPass, double dropout, Optimizer optimizer, boolean averaged) {
  /** Checks the ranges. */
  public TrainingDesign {
    checkArgument(
        batchesInPass == 1 || batchesInPass == 2,
        "batchesInPass: expected 1 or 2, found %s",
        batchesInPass);
    checkArgument(
        dropout >= 0 && dropout < 1, "dropout: expected a share in [0, 1), found %s", dropout);
  }

  /** Returns the sizes of a pass: those of the network, with the images of all its batches. */
  public NetworkSpec pass() {
    return new NetworkSpec(
        network.width(), batchesInPass * network.batch(), network.height(), network.imageWidth());
  }
}
