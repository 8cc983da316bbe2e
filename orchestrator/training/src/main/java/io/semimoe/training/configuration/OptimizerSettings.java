package io.semimoe.training.configuration;

/**
 * The optimiser of the network's parameters.
 *
 * @param kind which optimiser
 * @param learningRate learning rate that the schedule scales, above 0
 * @param momentum momentum of SGD, in [0, 1); unused by AdamW
 * @param weightDecay weight decay on every parameter: added to the gradient by SGD, decoupled in
 *     AdamW
 * @param beta1 decay of AdamW's first moment, in [0, 1); unused by SGD
 * @param beta2 decay of AdamW's second moment, in [0, 1); unused by SGD
 * @param epsilon AdamW's epsilon, above 0; unused by SGD
 */
public record OptimizerSettings(
    Kind kind,
    double learningRate,
    double momentum,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon) {

  /** The optimisers on offer. */
  public enum Kind {
    /** Stochastic gradient descent with momentum, as in the paper. */
    SGD,
    /** Adam with decoupled weight decay. */
    ADAMW
  }

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public OptimizerSettings {
    Checks.present("kind", kind);
    Checks.positive("learningRate", learningRate);
    Checks.share("momentum", momentum);
    Checks.notNegative("weightDecay", weightDecay);
    Checks.share("beta1", beta1);
    Checks.share("beta2", beta2);
    Checks.positive("epsilon", epsilon);
  }
}
