package io.semimoe.cli;

import java.nio.file.Path;
import java.util.Locale;

/** The files that predicting an image may write. */
enum Prediction {
  /** 255 where the foreground is. */
  MASK("_mask", true),
  /** 16-bit gray, probability · 65535. */
  PROBABILITY("_probability", true),
  /** The image with the outlines of the objects. */
  OVERLAY("_overlay.png", false),
  /** 16-bit gray, the object's number. */
  LABELS("_labels.png", false),
  /** Outlines of the objects for QuPath. */
  GEOJSON(".geojson", true),
  /** A table of the objects. */
  CSV("_objects.csv", true);

  private final String suffix;
  private final boolean streamed;

  Prediction(String suffix, boolean streamed) {
    this.suffix = suffix;
    this.streamed = streamed;
  }

  /** Whether it is written of an image that is larger than the memory too. */
  boolean isStreamed() {
    return streamed;
  }

  /** The file of an image in memory by its name without extension. */
  Path file(Path folder, String name) {
    return folder.resolve(name + suffix + (isMap() ? ".png" : ""));
  }

  /** The file of an image that is larger than the memory: maps are tiled TIFF there. */
  Path streamedFile(Path folder, String name) {
    return folder.resolve(name + suffix + (isMap() ? ".tif" : ""));
  }

  /** The name that the command line and its JSON have for it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  private boolean isMap() {
    return this == MASK || this == PROBABILITY;
  }
}
