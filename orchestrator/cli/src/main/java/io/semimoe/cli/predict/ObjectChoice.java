package io.semimoe.cli.predict;

import io.semimoe.inference.object.ObjectOptions;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Which objects are found in a mask, where some of it may depend on the image.
 *
 * @param minimumArea in pixels; by default what suits the image
 * @param maximumHoleArea in pixels; by default what suits the image
 * @param separated whether touching objects are cut apart
 * @param separationDepth how deep the distance must sink between two of them, 0 to 1
 */
public record ObjectChoice(
    OptionalLong minimumArea,
    OptionalLong maximumHoleArea,
    boolean separated,
    double separationDepth) {

  /**
   * Checks what is the same for all images.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ObjectChoice {
    options(ObjectOptions.GLAS_SIZED, minimumArea, maximumHoleArea, separated, separationDepth);
  }

  /** The options for an image whose pixels have a size in µm, if it is known. */
  ObjectOptions options(int width, int height, OptionalDouble micronsPerPixel) {
    return options(
        ObjectOptions.forImage(width, height, micronsPerPixel),
        minimumArea,
        maximumHoleArea,
        separated,
        separationDepth);
  }

  private static ObjectOptions options(
      ObjectOptions defaults,
      OptionalLong minimumArea,
      OptionalLong maximumHoleArea,
      boolean separated,
      double separationDepth) {
    return new ObjectOptions(
        minimumArea.orElse(defaults.minimumArea()),
        maximumHoleArea.orElse(defaults.maximumHoleArea()),
        separated,
        separationDepth);
  }
}
