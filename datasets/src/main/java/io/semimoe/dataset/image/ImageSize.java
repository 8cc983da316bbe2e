package io.semimoe.dataset.image;

/**
 * Sides of an image in pixels.
 *
 * @param width number of columns
 * @param height number of rows
 */
public record ImageSize(int width, int height) {
  /** The size as users read it, for example {@code 775×522}. */
  @Override
  public String toString() {
    return width + "×" + height;
  }
}
