package io.semimoe.cli.predict;

import java.nio.file.Path;
import java.util.Locale;

/** The files that predicting an image may write. */
public enum Prediction {
  /** 255 where the foreground is. */
  MASK("_mask.png", "_mask.tif"),
  /** 16-bit gray, probability · 65535. */
  PROBABILITY("_probability.png", "_probability.tif"),
  /** The image with the outlines of the objects. */
  OVERLAY("_overlay.png", ""),
  /** The same as JPEG. */
  OVERLAY_JPEG("_overlay.jpg", ""),
  /** 16-bit gray, or 32 bits for more than 65 535 objects; the object's number. */
  LABELS("_labels.tif", "_labels.tif"),
  /** Outlines of the objects for QuPath. */
  GEOJSON(".geojson", ".geojson"),
  /** A table of the objects. */
  CSV("_objects.csv", "_objects.csv");

  private final String suffix;
  private final String streamedSuffix;

  Prediction(String suffix, String streamedSuffix) {
    this.suffix = suffix;
    this.streamedSuffix = streamedSuffix;
  }

  /** Whether it is written of an image that is larger than the memory too. */
  public boolean isStreamed() {
    return !streamedSuffix.isEmpty();
  }

  /** The file of an image in memory by its name without extension. */
  public Path file(Path folder, String name) {
    return folder.resolve(name + suffix);
  }

  /**
   * The file of an image that is larger than the memory: maps are tiled TIFF there.
   *
   * @throws IllegalStateException if it is not written of such an image
   */
  public Path streamedFile(Path folder, String name) {
    if (!isStreamed()) {
      throw new IllegalStateException(this + " needs the whole image in memory");
    }
    return folder.resolve(name + streamedSuffix);
  }

  /** The name that the command line and its JSON have for it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
