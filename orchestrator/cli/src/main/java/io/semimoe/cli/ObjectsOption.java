package io.semimoe.cli;

import io.semimoe.cli.predict.ObjectChoice;
import io.semimoe.inference.object.ObjectOptions;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Which objects are found in a mask. */
final class ObjectsOption {
  @Option(
      names = "--min-area",
      paramLabel = "PIXELS",
      description =
          "Objects below this area are dropped (default: 500 pixels of 0.62 µm where the image"
              + " tells the size of a pixel, else 500, or 0.12 %% of a small image).")
  private Long minimumArea;

  @Option(
      names = "--max-hole-area",
      paramLabel = "PIXELS",
      description =
          "Holes of at most this area are filled (default: 20 times the default of --min-area).")
  private Long maximumHoleArea;

  @Option(
      names = "--no-separation",
      description = "Leave touching objects together instead of cutting by the distance map.")
  private boolean together;

  @Option(
      names = "--separation-depth",
      paramLabel = "SHARE",
      description =
          "How deep the distance must sink between two objects, as a share of the lower peak, 0 to"
              + " 1; larger cuts less (default: ${DEFAULT-VALUE}).")
  private double separationDepth = ObjectOptions.GLAS_SIZED.separationDepth();

  /**
   * Returns what the user gave.
   *
   * @throws IllegalArgumentException if an option is out of its range
   */
  ObjectChoice choice() {
    return new ObjectChoice(of(minimumArea), of(maximumHoleArea), !together, separationDepth);
  }

  private static OptionalLong of(Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
