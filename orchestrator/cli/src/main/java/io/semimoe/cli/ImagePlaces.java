package io.semimoe.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** The images that a command works on, as {@link io.semimoe.cli.images.InputImages} finds them. */
final class ImagePlaces {
  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description =
          "Images, folders, which stand for the images directly in them, or quoted patterns such as"
              + " 'slides/**.svs', which search below (PNG, BMP, TIFF, JPEG, SVS).")
  private List<String> places;

  /** Returns files, folders and patterns as they were given. */
  List<String> get() {
    return places;
  }
}
