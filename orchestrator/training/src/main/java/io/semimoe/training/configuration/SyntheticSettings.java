package io.semimoe.training.configuration;

/**
 * Size of the generated data set, for {@link DataSettings.Layout#SYNTHETIC}.
 *
 * @param labelled images that keep their masks, at least 1
 * @param unlabelled images without masks
 * @param validation images that choose the checkpoint
 * @param test images that are only evaluated
 * @param size height and width of every image in pixels, at least 32
 */
public record SyntheticSettings(int labelled, int unlabelled, int validation, int test, int size) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is out of its range
   */
  public SyntheticSettings {
    Checks.atLeast("labelled", labelled, 1);
    Checks.atLeast("unlabelled", unlabelled, 0);
    Checks.atLeast("validation", validation, 0);
    Checks.atLeast("test", test, 0);
    Checks.atLeast("size", size, 32);
  }
}
