package io.semimoe.training.evaluation;

/** The one check that two maps cover the same pixels. */
final class Sizes {
  private Sizes() {}

  /**
   * Checks two sizes.
   *
   * @throws IllegalArgumentException if they differ
   */
  static void checkSame(
      String reference,
      int referenceWidth,
      int referenceHeight,
      String checked,
      int width,
      int height) {
    if (width != referenceWidth || height != referenceHeight) {
      throw new IllegalArgumentException(
          String.format(
              "expected the %s to have the size of the %s, %d×%d, found %d×%d",
              checked, reference, referenceWidth, referenceHeight, width, height));
    }
  }
}
