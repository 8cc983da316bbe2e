package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.inference.object.SegmentedObject;
import io.semimoe.training.runtime.AtomicFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes objects as CSV (RFC 4180), one line each under a line of names; lengths in pixels. */
final class ObjectCsv {
  private static final String NAMES =
      "id,area_px,perimeter_px,centroid_x_px,centroid_y_px,circularity,mean_probability,holes";

  private ObjectCsv() {}

  /**
   * Writes the table.
   *
   * @throws DataException if the file cannot be written; nothing is left under its name
   */
  static void write(Path file, Iterable<SegmentedObject> objects) throws DataException {
    try {
      AtomicFile.write(
          file,
          unfinished -> {
            try (Writer out = Files.newBufferedWriter(unfinished)) {
              out.write(NAMES + "\r\n");
              for (SegmentedObject object : objects) {
                out.write(line(object));
              }
            }
          });
    } catch (IOException e) {
      throw new DataException(file, "cannot be written: " + e, e);
    }
  }

  private static String line(SegmentedObject object) {
    return String.format(
        Locale.ROOT,
        "%d,%d,%.3f,%.3f,%.3f,%.5f,%.5f,%d\r\n",
        object.id(),
        object.area(),
        object.perimeter(),
        object.centroidX(),
        object.centroidY(),
        object.circularity(),
        object.meanProbability(),
        object.polygons().stream().mapToInt(polygon -> polygon.holes().size()).sum());
  }
}
