package io.semimoe.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.inference.object.SegmentedObject;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectGeoJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  @TempDir Path folder;

  @Test
  void anObjectIsAnAnnotationOfQuPathWithItsHolesAndMeasurements() throws Exception {
    SegmentedObject ring = TestObjects.of("###", "#.#", "###").get(0);

    assertThat(written(List.of(ring), OptionalDouble.of(0.5)))
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "FeatureCollection", "features": [{
                  "type": "Feature",
                  "geometry": {"type": "Polygon", "coordinates": [
                    [[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]],
                    [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]]},
                  "properties": {
                    "objectType": "annotation",
                    "name": "gland 1",
                    "classification": {"name": "gland"},
                    "measurements": {
                      "Area px^2": 8, "Perimeter px": %s,
                      "Area µm^2": 2.0, "Perimeter µm": %s,
                      "Circularity": %s, "Mean probability": %s}}}]}
                """
                    .formatted(
                        ring.perimeter(),
                        ring.perimeter() * 0.5,
                        ring.circularity(),
                        ring.meanProbability())));
  }

  @Test
  void withoutAPixelSizeNothingIsMeasuredInMicrons() throws Exception {
    JsonNode measurements =
        written(TestObjects.of("##"), UNKNOWN).at("/features/0/properties/measurements");

    assertThat(measurements.fieldNames())
        .toIterable()
        .containsExactly("Area px^2", "Perimeter px", "Circularity", "Mean probability");
  }

  @Test
  void partsThatTouchAtACornerAreOneObjectOfSeveralPolygons() throws Exception {
    JsonNode geometry = written(TestObjects.of("#.", ".#"), UNKNOWN).at("/features/0/geometry");

    assertThat(geometry)
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "MultiPolygon", "coordinates": [
                  [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]],
                  [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]]}
                """));
  }

  @Test
  void anImageWithoutObjectsHasNoFeatures() throws Exception {
    assertThat(written(List.of(), UNKNOWN))
        .isEqualTo(JSON.readTree("{\"type\": \"FeatureCollection\", \"features\": []}"));
  }

  private JsonNode written(List<SegmentedObject> objects, OptionalDouble microns) throws Exception {
    Path file = folder.resolve("a.geojson");
    try (ObjectGeoJson json = ObjectGeoJson.create(file, "gland", microns)) {
      for (SegmentedObject object : objects) {
        json.add(object);
      }
      json.complete();
      json.publish();
    }
    return JSON.readTree(file.toFile());
  }
}
