package io.semimoe.loss;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Weight of the unlabelled loss: λ = weight · (epoch + 1) / epochs, epochs counted from 0.
 *
 * @param weight λ in the last epoch, 0.5 in the paper; with 0, unlabelled images have no gradient,
 *     but still run through the network and enter its running statistics
 * @param epochs number of epochs
 */
public record UnsupervisedRamp(double weight, int epochs) {
  /** Checks the arguments. */
  public UnsupervisedRamp {
    checkArgument(
        weight >= 0 && Double.isFinite(weight),
        "unsupervised weight: expected a number of at least 0, found %s",
        weight);
    checkArgument(epochs > 0, "epochs: expected at least 1, found %s", epochs);
  }

  /** Returns λ in an epoch, counted from 0. */
  public double lambda(int epoch) {
    return weight * (epoch + 1) / epochs;
  }
}
