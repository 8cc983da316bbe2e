package io.semimoe.training.configuration;

import io.semimoe.dataset.synthetic.SyntheticImageSettings;

/**
 * The generated data set of {@link DataSettings.Layout#SYNTHETIC}.
 *
 * @param labelled images that keep their masks, at least 1
 * @param unlabelled images without masks, at least 1
 * @param validation images that choose the checkpoint
 * @param test images that are only evaluated
 * @param size height and width of every image in pixels, {@value SyntheticImageSettings#LEAST_SIDE}
 *     to {@value SyntheticImageSettings#MOST_SIDE}
 * @param seed seed of the images
 */
public record SyntheticSettings(
    int labelled, int unlabelled, int validation, int test, int size, long seed) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is out of its range
   */
  public SyntheticSettings {
    Checks.atLeast("labelled", labelled, 1);
    Checks.atLeast("unlabelled", unlabelled, 1);
    Checks.atLeast("validation", validation, 0);
    Checks.atLeast("test", test, 0);
    Checks.require(
        size >= SyntheticImageSettings.LEAST_SIDE && size <= SyntheticImageSettings.MOST_SIDE,
        "size",
        "a whole number from "
            + SyntheticImageSettings.LEAST_SIDE
            + " to "
            + SyntheticImageSettings.MOST_SIDE,
        size);
  }
}
