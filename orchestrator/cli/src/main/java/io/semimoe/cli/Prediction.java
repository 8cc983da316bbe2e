package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.Overlay;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.object.SegmentedObjects;
import java.nio.file.Path;
import java.util.Locale;

/** The files that predicting an image may write. */
enum Prediction {
  /** 8-bit gray, 255 where the foreground is. */
  MASK("_mask.png"),
  /** 16-bit gray, probability · 65535. */
  PROBABILITY("_probability.png"),
  /** The image with the outlines of the objects. */
  OVERLAY("_overlay.png"),
  /** 16-bit gray, the object's number. */
  LABELS("_labels.png"),
  /** Outlines of the objects for QuPath. */
  GEOJSON(".geojson"),
  /** A table of the objects. */
  CSV("_objects.csv");

  private final String suffix;

  Prediction(String suffix) {
    this.suffix = suffix;
  }

  /** The file of an image by its name without extension. */
  Path file(Path folder, String name) {
    return folder.resolve(name + suffix);
  }

  /** The name that the command line and its JSON have for it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes the file.
   *
   * @param objects what was found in the image
   * @param className class of the objects
   * @throws DataException if it cannot be written
   */
  void write(
      Path file,
      RgbImage image,
      Segmentation segmentation,
      SegmentedObjects objects,
      String className)
      throws DataException {
    switch (this) {
      case MASK -> PngFiles.writeMask(file, segmentation.mask());
      case PROBABILITY -> PngFiles.writeProbabilities16(file, segmentation.probability());
      case OVERLAY -> PngFiles.writeRgb(file, Overlay.DEFAULT.draw(image, objects.labels()));
      case LABELS -> PngFiles.writeLabels(file, objects.labels());
      case GEOJSON -> ObjectGeoJson.write(file, objects.objects(), className);
      case CSV -> ObjectCsv.write(file, objects.objects());
    }
  }
}
