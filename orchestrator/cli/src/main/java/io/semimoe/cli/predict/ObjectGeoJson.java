package io.semimoe.cli.predict;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.inference.object.Polygon;
import io.semimoe.inference.object.Ring;
import io.semimoe.inference.object.SegmentedObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Objects as GeoJSON (RFC 7946) that QuPath reads as annotations: one feature for each object,
 * coordinates in pixels of the image with the origin at its top left corner.
 */
final class ObjectGeoJson extends SequentialObjectFile {
  private final JsonGenerator json;
  private final String className;
  private final OptionalDouble micronsPerPixel;

  private ObjectGeoJson(
      NewFile file, JsonGenerator json, String className, OptionalDouble micronsPerPixel) {
    super(file, json);
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
    JsonGenerator json =
        open(
            file,
            path -> {
              JsonGenerator generator =
                  new JsonFactory().createGenerator(path.toFile(), JsonEncoding.UTF8);
              generator.writeStartObject();
              generator.writeStringField("type", "FeatureCollection");
              generator.writeArrayFieldStart("features");
              return generator;
            });
    return new ObjectGeoJson(file, json, className, micronsPerPixel);
  }

  @Override
  void write(SegmentedObject object) throws IOException {
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
  }

  @Override
  void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
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
}
