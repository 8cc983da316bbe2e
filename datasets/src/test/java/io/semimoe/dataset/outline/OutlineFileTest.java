package io.semimoe.dataset.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.awt.geom.Rectangle2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineFileTest {
  private static final String SQUARE = "[[[10,20],[30,20],[30,40],[10,40],[10,20]]]";

  @TempDir Path folder;

  @Test
  void readsWhatQuPathExports() throws Exception {
    List<Outline> outlines =
        read(
            """
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "id": "8a1c9bb6-0d0c-4d0b-a7d0-0bd4ff4a6f0e",
               "geometry": {"type": "Polygon", "coordinates": [
                 [[10, 20], [30, 20], [30, 40], [10, 40], [10, 20]],
                 [[15, 25], [15, 30], [20, 30], [20, 25], [15, 25]]]},
               "properties": {"objectType": "annotation", "isLocked": true,
                 "classification": {"name": "Gland", "color": [200, 0, 0]}}},
              {"type": "Feature",
               "geometry": {"type": "MultiPolygon", "plane": {"c": -1, "z": 0, "t": 0},
                 "coordinates": [[[[0.5,0],[1.5,0],[1,1],[0.5,0]]], [[[5,5],[7,5],[7,7],[5,5]]]]},
               "properties": {"objectType": "detection", "measurements": {"Area": NaN}}}]}
            """);

    assertThat(outlines)
        .extracting(Outline::className)
        .containsExactly(Optional.of("Gland"), Optional.empty());
    assertThat(outlines.get(0).shape().getBounds2D())
        .isEqualTo(new Rectangle2D.Double(10, 20, 20, 20));
    assertThat(outlines.get(0).shape().contains(12, 22)).isTrue();
    assertThat(outlines.get(0).shape().contains(17, 27)).as("in the hole").isFalse();
    assertThat(outlines.get(1).shape().contains(1, 0.5)).isTrue();
    assertThat(outlines.get(1).shape().contains(6.5, 5.2)).isTrue();
    assertThat(outlines.get(1).shape().contains(3, 3)).isFalse();
  }

  @Test
  void aRingInAnotherIsAHoleWhicheverWayItRuns() throws Exception {
    String rings =
        "[[[10, 20], [30, 20], [30, 40], [10, 40], [10, 20]],"
            + "[[15, 25], [20, 25], [20, 30], [15, 30], [15, 25]]]";

    assertThat(read(feature("{}", "Polygon", rings)))
        .singleElement()
        .satisfies(outline -> assertThat(outline.shape().contains(17, 27)).isFalse());
  }

  @Test
  void readsListsAndSingleFeatures() throws Exception {
    String feature = feature("{\"name\": \"Gland\", \"colorRGB\": -3140401}", "Polygon", SQUARE);

    assertThat(read("[" + feature + "," + feature + "]")).hasSize(2);
    assertThat(read(feature)).hasSize(1);
    assertThat(read("[]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name": "Gland: Positive"}     | Gland: Positive
          {"names": ["Gland","Positive"]} | Gland: Positive
          {"name": "Region*"}             | Region*
          {"name": "Dru\u0308se"}         | Dr\u00fcse
          """)
  void readsClasses(String classification, String name) throws Exception {
    assertThat(read(feature(classification, "Polygon", SQUARE)).get(0).className()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"name\": \"\"}", "{\"names\": []}"})
  void aClassMayBeMissing(String classification) throws Exception {
    assertThat(read(feature(classification, "Polygon", SQUARE)).get(0).className()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type": "FeatureCollection" | expected GeoJSON, found no JSON in line 1
          {"type": "FeatureCollection", "features": [], "features": []} | Duplicate field 'features'
          [] []                        | expected GeoJSON, found no JSON in line 1
          {"type": "FeatureCollection"} | expected a FeatureCollection of GeoJSON, found a FeatureCollection without a list of features
          {"type": "Topology"}         | expected a FeatureCollection of GeoJSON, found a Topology
          {"outlines": []}             | expected a FeatureCollection of GeoJSON, found something else
          [{"type": "Feature"}]        | feature 1: expected a Polygon or MultiPolygon, found nothing
          [{"geometry": null}]         | feature 1: expected a Polygon or MultiPolygon, found nothing
          [{"geometry": {"type": "Point", "coordinates": [1, 2]}}] | found Point; export areas only
          [{"geometry": {"type": "Polygon", "coordinates": []}}] | expected a Polygon with coordinates, found none
          [{"geometry": {"type": "MultiPolygon"}}] | expected a MultiPolygon with coordinates, found none
          [{"geometry": {"type": "Polygon", "coordinates": [[[1,1],[2,2],[1,1]]]}}] | expected rings of 4 positions or more, the last being the first, found 3
          [{"geometry": {"type": "Polygon", "coordinates": [[[1,1],[2,2],[1],[1,1]]]}}] | expected positions of two numbers, found nothing
          [{"geometry": {"type": "Polygon", "coordinates": [[[1,1],[2,"2"],[1,2],[1,1]]]}}] | expected positions of two numbers, found "2"
          [{"geometry": {"type": "Polygon", "coordinates": [[[1,1],[2,1e999],[1,2],[1,1]]]}}] | expected positions of two numbers
          [{"geometry": {"type": "Polygon", "coordinates": [[[1,1],[2,NaN],[1,2],[1,1]]]}}] | expected positions of two numbers, found "NaN"
          """)
  void saysWhatIsWrong(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder.resolve("a.geojson").toString())
        .hasMessageContaining(message);
  }

  @Test
  void namesTheFeature() {
    String good = feature("null", "Polygon", SQUARE);

    assertThatThrownBy(() -> read("[" + good + "," + feature("null", "LineString", "[]") + "]"))
        .hasMessageContaining("feature 2: expected a Polygon or MultiPolygon, found LineString");
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatThrownBy(() -> OutlineFile.read(folder.resolve("none.geojson")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be read: there is no ");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void refusesADevice() {
    assertThatThrownBy(() -> OutlineFile.read(Path.of("/dev/zero")))
        .isInstanceOf(DataException.class)
        .hasMessage("/dev/zero: cannot be read: it is a device or a pipe, no file");
  }

  private static String feature(String classification, String type, String coordinates) {
    return """
        {"type": "Feature", "geometry": {"type": "%s", "coordinates": %s},
         "properties": {"classification": %s}}
        """
        .formatted(type, coordinates, classification);
  }

  private List<Outline> read(String json) throws Exception {
    return OutlineFile.read(Files.writeString(folder.resolve("a.geojson"), json));
  }
}
