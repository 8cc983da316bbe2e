package io.semimoe.cli;

import io.semimoe.dataset.slide.PixelSize;
import java.util.Locale;
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
    if (micronsPerPixel == null) {
      return OptionalDouble.empty();
    }
    if (!PixelSize.isPlausible(micronsPerPixel)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "--pixel-size: expected what a microscope can have, %s to %s µm, found %s",
              PixelSize.SMALLEST,
              PixelSize.LARGEST,
              micronsPerPixel));
    }
    return OptionalDouble.of(micronsPerPixel);
  }
}
