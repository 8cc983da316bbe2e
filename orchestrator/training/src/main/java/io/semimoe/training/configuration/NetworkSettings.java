package io.semimoe.training.configuration;

import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.inference.ModelDescription;

/**
 * Shape of the network.
 *
 * @param width channels w of the finest level of every expert (the paper has 64), at least 4
 * @param size height and width in pixels at which images are trained, a multiple of 16
 * @param dropout dropout rate in the gates, in [0, 1)
 */
public record NetworkSettings(int width, int size, double dropout) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is out of its range
   */
  public NetworkSettings {
    Checks.atLeast("width", width, NetworkSpec.MIN_WIDTH);
    requireSize(size);
    Checks.share("dropout", dropout);
  }

  /**
   * Checks a height and width of training images.
   *
   * @throws ConfigurationException if it is no multiple of 16, or larger than a model can be used
   *     at
   */
  public static void requireSize(int size) {
    Checks.require(
        size >= NetworkSpec.MULTIPLE && size % NetworkSpec.MULTIPLE == 0,
        "size",
        "a multiple of " + NetworkSpec.MULTIPLE + " (the experts halve the image four times)",
        size);
    int most = ModelDescription.LARGEST_TILE;
    Checks.require(size <= most, "size", "at most " + most, size);
  }
}
