package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.inference.object.SegmentedObject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Objects as CSV (RFC 4180), one line each under a line of names; lengths in pixels, in µm too
 * where the size of a pixel is known.
 */
final class ObjectCsv extends SequentialObjectFile {
  private static final String END = "\r\n";
  private static final String NAMES =
      "id,area_px,perimeter_px,centroid_x_px,centroid_y_px,circularity,mean_probability,holes";
  private static final String NAMES_IN_MICRONS =
      ",area_um2,perimeter_um,centroid_x_um,centroid_y_um";

  private final Writer out;
  private final OptionalDouble micronsPerPixel;

  private ObjectCsv(NewFile file, Writer out, OptionalDouble micronsPerPixel) {
    super(file, out);
    this.out = out;
    this.micronsPerPixel = micronsPerPixel;
  }

  /**
   * Begins a table.
   *
   * @throws DataException if nothing can be written there
   */
  static ObjectCsv create(Path target, OptionalDouble micronsPerPixel) throws DataException {
    NewFile file = NewFile.of(target);
    Writer out =
        open(
            file,
            path -> {
              Writer writer = Files.newBufferedWriter(path);
              writer.write(NAMES + (micronsPerPixel.isPresent() ? NAMES_IN_MICRONS : "") + END);
              return writer;
            });
    return new ObjectCsv(file, out, micronsPerPixel);
  }

  @Override
  void write(SegmentedObject object) throws IOException {
    out.write(
        String.format(
            Locale.ROOT,
            "%d,%d,%.3f,%.3f,%.3f,%.5f,%.5f,%d",
            object.id(),
            object.area(),
            object.perimeter(),
            object.centroidX(),
            object.centroidY(),
            object.circularity(),
            object.meanProbability(),
            object.polygons().stream().mapToInt(polygon -> polygon.holes().size()).sum()));
    if (micronsPerPixel.isPresent()) {
      double microns = micronsPerPixel.getAsDouble();
      out.write(
          String.format(
              Locale.ROOT,
              ",%.3f,%.3f,%.3f,%.3f",
              object.area() * microns * microns,
              object.perimeter() * microns,
              object.centroidX() * microns,
              object.centroidY() * microns));
    }
    out.write(END);
  }

  @Override
  void end() {}
}
