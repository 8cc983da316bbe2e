package io.semimoe.dataset.outline;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.RegularFile;
import java.awt.geom.Path2D;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads outlines in GeoJSON (RFC 7946) as QuPath exports its objects: coordinates are pixels of the
 * image at full resolution, and the class is in the property {@code classification}.
 */
public final class OutlineFile {
  /** The usual extension, without the dot. */
  public static final String EXTENSION = "geojson";

  /** Corners of the smallest ring, of which the last repeats the first. */
  private static final int FEWEST_CORNERS = 4;

  /** QuPath writes NaN where a measurement has no value. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Path file;

  private OutlineFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the outlines of a file: a feature collection, a list of features (as older versions of
   * QuPath write) or one feature, each with a polygon or several. What they are of is their class,
   * whatever else they are (annotation, detection, cell); the sub-classes of QuPath, {@code Gland:
   * Positive}, are classes of their own. What lies in an even number of a feature's rings is
   * outside of it, in whatever direction they run.
   *
   * @return in the order of the file
   * @throws DataException if the file cannot be read, is no JSON or no GeoJSON of this kind, or a
   *     feature is no area: a point, a line, or nothing; or if the memory does not suffice, of
   *     which reading takes some ten times the length of the file
   */
  public static List<Outline> read(Path file) throws DataException {
    try {
      RegularFile.length(file);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return new OutlineFile(file).outlines(JSON.readTree(in));
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place = at == null ? "" : " in line " + at.getLineNr();
      throw new DataException(
          file, "expected GeoJSON, found no JSON" + place + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          file,
          ("the %d MiB of memory that Java has do not suffice for its outlines and those read"
                  + " before; give Java more (-Xmx, in SEMI_MOE_JAVA_OPTS), or cut fewer images at"
                  + " once")
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
  }

  private List<Outline> outlines(JsonNode root) throws DataException {
    JsonNode features = root;
    String type = root.path("type").asText("");
    if (type.equals("FeatureCollection")) {
      features = root.path("features");
    } else if (type.equals("Feature")) {
      features = JSON.createArrayNode().add(root);
    }
    if (!features.isArray()) {
      throw new DataException(
          file,
          "expected a FeatureCollection of GeoJSON, found "
              + (type.isEmpty() ? "something else" : "a " + type)
              + (type.equals("FeatureCollection") ? " without a list of features" : "")
              + "; export the objects of the image as GeoJSON");
    }
    List<Outline> outlines = new ArrayList<>();
    for (JsonNode feature : features) {
      outlines.add(outline(feature, outlines.size() + 1));
    }
    return outlines;
  }

  private Outline outline(JsonNode feature, int number) throws DataException {
    JsonNode geometry = feature.path("geometry");
    String type = geometry.path("type").asText("nothing");
    JsonNode coordinates = geometry.path("coordinates");
    Path2D shape = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    if (type.equals("Polygon")) {
      addPolygon(shape, coordinates, number);
    } else if (type.equals("MultiPolygon")) {
      for (JsonNode polygon : coordinates) {
        addPolygon(shape, polygon, number);
      }
    } else {
      throw bad(
          number, "expected a Polygon or MultiPolygon, found " + type + "; export areas only");
    }
    if (shape.getCurrentPoint() == null) {
      throw bad(number, "expected a " + type + " with coordinates, found none");
    }
    return new Outline(shape, className(feature.path("properties").path("classification")));
  }

  /** QuPath has written a name, and for a class of several parts their names, in its time. */
  private static Optional<String> className(JsonNode classification) {
    if (classification.path("names").isArray()) {
      List<String> names = new ArrayList<>();
      classification.path("names").forEach(name -> names.add(name.asText()));
      return named(String.join(": ", names));
    }
    return named(classification.path("name").asText(""));
  }

  private static Optional<String> named(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private void addPolygon(Path2D shape, JsonNode rings, int number) throws DataException {
    for (JsonNode ring : rings) {
      if (ring.size() < FEWEST_CORNERS) {
        throw bad(
            number,
            "expected rings of %d positions or more, the last being the first, found %d"
                .formatted(FEWEST_CORNERS, ring.size()));
      }
      boolean first = true;
      for (JsonNode position : ring) {
        double x = number(position.path(0), number);
        double y = number(position.path(1), number);
        if (first) {
          shape.moveTo(x, y);
        } else {
          shape.lineTo(x, y);
        }
        first = false;
      }
      shape.closePath();
    }
  }

  private double number(JsonNode coordinate, int feature) throws DataException {
    double value = coordinate.asDouble();
    if (!coordinate.isNumber() || !Double.isFinite(value)) {
      throw bad(
          feature,
          "expected positions of two numbers, found "
              + (coordinate.isMissingNode() ? "nothing" : coordinate));
    }
    return value;
  }

  private DataException bad(int feature, String message) {
    return new DataException(file, "feature " + feature + ": " + message);
  }
}
