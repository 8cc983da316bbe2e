package io.semimoe.training.configuration;

/**
 * A random choice of the labelled images, in place of a split file. It depends on the names, the
 * counts and its own seed only, so that trainings with several seeds share it.
 *
 * @param labelled number of labelled images; 0 for no draw
 * @param validation number of validation images
 * @param seed seed of the draw
 */
public record DrawSettings(int labelled, int validation, long seed) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a number is negative, or validation images are to be drawn
   *     without labelled ones
   */
  public DrawSettings {
    Checks.atLeast("labelled", labelled, 0);
    Checks.atLeast("validation", validation, 0);
    Checks.require(
        validation == 0 || labelled > 0,
        "labelled",
        "at least 1, since validation images are drawn",
        labelled);
  }

  /** Returns whether images are drawn. */
  public boolean draws() {
    return labelled > 0;
  }
}
