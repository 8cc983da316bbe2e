package io.semimoe.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.inference.object.Polygon;
import io.semimoe.inference.object.Ring;
import io.semimoe.inference.object.SegmentedObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Objects as GeoJSON (RFC 7946) that QuPath reads as annotations: one feature for each object,
 * coordinates in pixels of the image with the origin at its top left corner.
 */
final class ObjectGeoJson implements ObjectFile {
  private final NewFile file;
  private final JsonGenerator json;
  private final String className;
  private final OptionalDouble micronsPerPixel;

  private ObjectGeoJson(
      NewFile file, JsonGenerator json, String className, OptionalDouble micronsPerPixel) {
    this.file = file;
    this.json = json;
    this.className = className;
    this.micronsPerPixel = micronsPerPixel;
  }

  /**
   * Begins a feature collection.
   *
   * @param className class that the annotations get
   * @param micronsPerPixel side of a pixel, for measurements in µm beside those in pixels
   * @throws DataException if nothing can be written there
   */
  static ObjectGeoJson create(Path target, String className, OptionalDouble micronsPerPixel)
      throws DataException {
    NewFile file = NewFile.of(target);
    try {
      JsonGenerator json =
          new JsonFactory().createGenerator(file.path().toFile(), JsonEncoding.UTF8);
      json.writeStartObject();
      json.writeStringField("type", "FeatureCollection");
      json.writeArrayFieldStart("features");
      return new ObjectGeoJson(file, json, className, micronsPerPixel);
    } catch (IOException e) {
      file.close();
      throw new DataException(target, "cannot be written: " + e, e);
    }
  }

  @Override
  public void add(SegmentedObject object) throws DataException {
    try {
      json.writeRaw('\n');
      json.writeStartObject();
      json.writeStringField("type", "Feature");
      json.writeObjectFieldStart("geometry");
      geometry(object.polygons());
      json.writeEndObject();
      json.writeObjectFieldStart("properties");
      json.writeStringField("objectType", "annotation");
      json.writeStringField("name", className + " " + object.id());
      json.writeObjectFieldStart("classification");
      json.writeStringField("name", className);
      json.writeEndObject();
      json.writeObjectFieldStart("measurements");
      measurements(object);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void finish() throws DataException {
    try {
      json.writeEndArray();
      json.writeEndObject();
      json.close();
    } catch (IOException e) {
      throw failure(e);
    }
    file.publish();
  }

  @Override
  public void close() {
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.target() + ": cannot be closed", e);
    } finally {
      file.close();
    }
  }

  private void geometry(List<Polygon> polygons) throws IOException {
    boolean single = polygons.size() == 1;
    json.writeStringField("type", single ? "Polygon" : "MultiPolygon");
    json.writeFieldName("coordinates");
    if (!single) {
      json.writeStartArray();
    }
    for (Polygon polygon : polygons) {
      json.writeStartArray();
      ring(polygon.outer());
      for (Ring hole : polygon.holes()) {
        ring(hole);
      }
      json.writeEndArray();
    }
    if (!single) {
      json.writeEndArray();
    }
  }

  private void ring(Ring ring) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < ring.size(); i++) {
      json.writeArray(new int[] {ring.x(i), ring.y(i)}, 0, 2);
    }
    json.writeEndArray();
  }

  private void measurements(SegmentedObject object) throws IOException {
    json.writeNumberField("Area px^2", object.area());
    json.writeNumberField("Perimeter px", object.perimeter());
    if (micronsPerPixel.isPresent()) {
      double microns = micronsPerPixel.getAsDouble();
      json.writeNumberField("Area µm^2", object.area() * microns * microns);
      json.writeNumberField("Perimeter µm", object.perimeter() * microns);
    }
    json.writeNumberField("Circularity", object.circularity());
    json.writeNumberField("Mean probability", object.meanProbability());
  }

  private DataException failure(IOException e) {
    return new DataException(file.target(), "cannot be written: " + e, e);
  }
}
