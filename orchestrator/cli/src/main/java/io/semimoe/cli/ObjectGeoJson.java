package io.semimoe.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.semimoe.dataset.DataException;
import io.semimoe.inference.object.Polygon;
import io.semimoe.inference.object.Ring;
import io.semimoe.inference.object.SegmentedObject;
import io.semimoe.training.runtime.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes objects as GeoJSON (RFC 7946) that QuPath reads as annotations: one feature for each
 * object, coordinates in pixels of the image with the origin at its top left corner.
 */
final class ObjectGeoJson {
  private ObjectGeoJson() {}

  /**
   * Writes a feature collection.
   *
   * @param className class that the annotations get
   * @throws DataException if the file cannot be written; nothing is left under its name
   */
  static void write(Path file, Iterable<SegmentedObject> objects, String className)
      throws DataException {
    try {
      AtomicFile.write(
          file,
          unfinished -> {
            try (JsonGenerator json =
                new JsonFactory().createGenerator(unfinished.toFile(), JsonEncoding.UTF8)) {
              json.writeStartObject();
              json.writeStringField("type", "FeatureCollection");
              json.writeArrayFieldStart("features");
              for (SegmentedObject object : objects) {
                json.writeRaw('\n');
                feature(json, object, className);
              }
              json.writeEndArray();
              json.writeEndObject();
            }
          });
    } catch (IOException e) {
      throw new DataException(file, "cannot be written: " + e, e);
    }
  }

  private static void feature(JsonGenerator json, SegmentedObject object, String className)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeObjectFieldStart("geometry");
    List<Polygon> polygons = object.polygons();
    boolean single = polygons.size() == 1;
    json.writeStringField("type", single ? "Polygon" : "MultiPolygon");
    json.writeFieldName("coordinates");
    if (!single) {
      json.writeStartArray();
    }
    for (Polygon polygon : polygons) {
      json.writeStartArray();
      ring(json, polygon.outer());
      for (Ring hole : polygon.holes()) {
        ring(json, hole);
      }
      json.writeEndArray();
    }
    if (!single) {
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    json.writeStringField("objectType", "annotation");
    json.writeStringField("name", className + " " + object.id());
    json.writeObjectFieldStart("classification");
    json.writeStringField("name", className);
    json.writeEndObject();
    json.writeObjectFieldStart("measurements");
    json.writeNumberField("Area px^2", object.area());
    json.writeNumberField("Perimeter px", object.perimeter());
    json.writeNumberField("Circularity", object.circularity());
    json.writeNumberField("Mean probability", object.meanProbability());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void ring(JsonGenerator json, Ring ring) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < ring.size(); i++) {
      json.writeArray(new int[] {ring.x(i), ring.y(i)}, 0, 2);
    }
    json.writeEndArray();
  }
}
