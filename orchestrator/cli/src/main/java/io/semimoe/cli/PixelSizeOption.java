package io.semimoe.cli;

import io.semimoe.dataset.slide.SlideFile;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** How large the pixels of the images are on the glass. */
final class PixelSizeOption {
  @Option(
      names = "--pixel-size",
      paramLabel = "MICRONS",
      description =
          "Side of a pixel of the images in µm, in place of what their files say. A model that was"
              + " trained on pixels of one size and predicts by tiles sees them scaled to it.")
  private Double micronsPerPixel;

  /**
   * Checks what the user gave, before there is an image.
   *
   * @throws IllegalArgumentException if it is no size
   */
  void check() {
    if (micronsPerPixel != null && !(micronsPerPixel > 0 && Double.isFinite(micronsPerPixel))) {
      throw new IllegalArgumentException(
          "--pixel-size: expected a number of µm above 0, found " + micronsPerPixel);
    }
  }

  /** The size that was given, else that of the file, if it has one. */
  OptionalDouble of(SlideFile image) {
    return micronsPerPixel == null ? image.micronsPerPixel() : OptionalDouble.of(micronsPerPixel);
  }
}
