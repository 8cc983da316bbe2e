package io.semimoe.cli;

import io.semimoe.dataset.slide.PixelSize;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** How large the pixels of the images are on the glass. */
final class PixelSizeOption {
  @Option(
      names = "--pixel-size",
      paramLabel = "MICRONS",
      description = "Side of a pixel of the images in µm, in place of what their files say.")
  private Double micronsPerPixel;

  /**
   * Returns the side in µm, if it was given.
   *
   * @throws IllegalArgumentException if it is no size
   */
  OptionalDouble micronsPerPixel() {
    return checked("--pixel-size", micronsPerPixel);
  }

  /**
   * Returns the side in µm that an option gives, if it was given.
   *
   * @throws IllegalArgumentException if it is no size
   */
  static OptionalDouble checked(String option, Double side) {
    if (side == null) {
      return OptionalDouble.empty();
    }
    if (!PixelSize.isPlausible(side)) {
      throw new IllegalArgumentException(
          "%s: expected what a microscope can have, %s to %s µm, found %s"
              .formatted(option, PixelSize.SMALLEST, PixelSize.LARGEST, side));
    }
    return OptionalDouble.of(side);
  }
}
