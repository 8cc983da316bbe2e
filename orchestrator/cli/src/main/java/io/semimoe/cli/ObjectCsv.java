package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.inference.object.SegmentedObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Objects as CSV (RFC 4180), one line each under a line of names; lengths in pixels, in µm too
 * where the size of a pixel is known.
 */
final class ObjectCsv implements ObjectFile {
  private static final String NAMES =
      "id,area_px,perimeter_px,centroid_x_px,centroid_y_px,circularity,mean_probability,holes";
  private static final String NAMES_IN_MICRONS =
      ",area_um2,perimeter_um,centroid_x_um,centroid_y_um";

  private final NewFile file;
  private final Writer out;
  private final OptionalDouble micronsPerPixel;

  private ObjectCsv(NewFile file, Writer out, OptionalDouble micronsPerPixel) {
    this.file = file;
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
    try {
      Writer out = Files.newBufferedWriter(file.path());
      out.write(NAMES + (micronsPerPixel.isPresent() ? NAMES_IN_MICRONS : "") + "\r\n");
      return new ObjectCsv(file, out, micronsPerPixel);
    } catch (IOException e) {
      file.close();
      throw new DataException(target, "cannot be written: " + e, e);
    }
  }

  @Override
  public void add(SegmentedObject object) throws DataException {
    try {
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
      out.write("\r\n");
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void finish() throws DataException {
    try {
      out.close();
    } catch (IOException e) {
      throw failure(e);
    }
    file.publish();
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.target() + ": cannot be closed", e);
    } finally {
      file.close();
    }
  }

  private DataException failure(IOException e) {
    return new DataException(file.target(), "cannot be written: " + e, e);
  }
}
