package io.semimoe.training.schedule;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The rate at which the average of the weights follows them: r = 1 / max(1, share · (t + 1)) in
 * iteration t, counted from 0. So the average is over about the last {@code share} of the
 * iterations so far, at any time, with weights that grow as a power of t (Karras et al. 2024,
 * "Analyzing and Improving the Training Dynamics of Diffusion Models", power function EMA).
 *
 * @param share in [0, 1); with 0 the average is the weights themselves
 */
public record AverageRate(double share) {
  /** Checks the range. */
  public AverageRate {
    checkArgument(share >= 0 && share < 1, "share: expected one in [0, 1), found %s", share);
  }

  /**
   * Returns the rate, in (0, 1].
   *
   * @param iteration iteration since the training began, counted from 0
   */
  public double at(long iteration) {
    return 1 / Math.max(1, share * (iteration + 1));
  }
}
