package io.semimoe.training.configuration;

/**
 * The optimiser of the network's parameters.
 *
 * @param kind which optimiser
 * @param learningRate learning rate that the schedule scales, above 0, for the batches of the paper
 * @param batchScaling what other batches make of it
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
    BatchScaling batchScaling,
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

  /** What a batch of other than 2 images of each kind, as in the paper, makes of the rate. */
  public enum BatchScaling {
    /** Nothing. */
    NONE,
    /** In proportion to the batch (arXiv 1706.02677). */
    LINEAR,
    /** In proportion to the square root of the batch (arXiv 1404.5997). */
    SQUARE_ROOT
  }

  private static final double PAPER_BATCH = 2;

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public OptimizerSettings {
    Checks.present("kind", kind);
    Checks.positive("learningRate", learningRate);
    Checks.present("batchScaling", batchScaling);
    Checks.share("momentum", momentum);
    Checks.notNegative("weightDecay", weightDecay);
    Checks.share("beta1", beta1);
    Checks.share("beta2", beta2);
    Checks.positive("epsilon", epsilon);
  }

  /** Returns the learning rate for batches of so many images. */
  public double learningRateFor(int batchSize) {
    double ratio = batchSize / PAPER_BATCH;
    return switch (batchScaling) {
      case NONE -> learningRate;
      case LINEAR -> learningRate * ratio;
      case SQUARE_ROOT -> learningRate * Math.sqrt(ratio);
    };
  }
}
