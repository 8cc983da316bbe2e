package io.semimoe.training.configuration;

import io.semimoe.loss.TaskValues;

/**
 * The adaptive multi-objective loss Σ<sub>t</sub> c<sub>t</sub>·exp(−s<sub>t</sub>)·L<sub>t</sub> +
 * r·exp(s<sub>t</sub>), whose s is learned by its own Adam.
 *
 * @param initial first value of s<sub>1</sub>, s<sub>2</sub> and s<sub>3</sub>
 * @param learningRate learning rate of s, at least 0 (0 keeps s as it is)
 * @param weightDecay L2 weight decay of s, added to its gradient
 * @param coefficients c<sub>t</sub>, at least 0
 * @param regularizer r, at least 0
 */
public record AdaptiveLossSettings(
    double initial,
    double learningRate,
    double weightDecay,
    TaskValues coefficients,
    double regularizer) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public AdaptiveLossSettings {
    Checks.require(Double.isFinite(initial), "initial", "a number", initial);
    Checks.notNegative("learningRate", learningRate);
    Checks.notNegative("weightDecay", weightDecay);
    Checks.present("coefficients", coefficients);
    Checks.notNegative("coefficients.segmentation", coefficients.segmentation());
    Checks.notNegative("coefficients.distance", coefficients.distance());
    Checks.notNegative("coefficients.boundary", coefficients.boundary());
    Checks.notNegative("regularizer", regularizer);
  }
}
