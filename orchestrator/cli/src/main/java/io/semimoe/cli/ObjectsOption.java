package io.semimoe.cli;

import io.semimoe.inference.object.ObjectOptions;
import picocli.CommandLine.Option;

/** Which objects are found in a mask. */
final class ObjectsOption {
  @Option(
      names = "--min-area",
      paramLabel = "PIXELS",
      description = "Objects below this area are dropped (default: ${DEFAULT-VALUE}).")
  private long minimumArea = ObjectOptions.DEFAULT.minimumArea();

  @Option(
      names = "--max-hole-area",
      paramLabel = "PIXELS",
      description = "Holes of at most this area are filled (default: ${DEFAULT-VALUE}).")
  private long maximumHoleArea = ObjectOptions.DEFAULT.maximumHoleArea();

  @Option(
      names = "--no-separation",
      description = "Leave touching objects together instead of cutting by the distance map.")
  private boolean together;

  /**
   * The options.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  ObjectOptions options() {
    return ObjectOptions.DEFAULT
        .withMinimumArea(minimumArea)
        .withMaximumHoleArea(maximumHoleArea)
        .withSeparate(!together);
  }
}
