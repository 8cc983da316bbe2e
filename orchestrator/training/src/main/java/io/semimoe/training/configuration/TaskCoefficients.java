package io.semimoe.training.configuration;

/**
 * One fixed, non-negative coefficient for each task.
 *
 * @param segmentation coefficient of the segmentation loss
 * @param distance coefficient of the signed distance loss
 * @param boundary coefficient of the boundary loss
 */
public record TaskCoefficients(double segmentation, double distance, double boundary) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a coefficient is negative or not finite
   */
  public TaskCoefficients {
    Checks.notNegative("segmentation", segmentation);
    Checks.notNegative("distance", distance);
    Checks.notNegative("boundary", boundary);
  }
}
