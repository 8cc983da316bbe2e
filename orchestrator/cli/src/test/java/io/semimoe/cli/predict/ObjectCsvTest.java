package io.semimoe.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.inference.object.SegmentedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCsvTest {
  private static final String NAMES =
      "id,area_px,perimeter_px,centroid_x_px,centroid_y_px,circularity,mean_probability,holes";

  @TempDir Path folder;
  private final SegmentedObject ring = TestObjects.of("###.", "#.##", "####").get(0);

  @Test
  void anObjectIsALineOfNumbers() throws Exception {
    assertThat(written(OptionalDouble.empty()))
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "%s\r\n1,10,%.3f,1.900,1.600,%.5f,0.75000,1\r\n",
                NAMES,
                ring.perimeter(),
                ring.circularity()));
  }

  @Test
  void withAPixelSizeLengthsAreInMicronsToo() throws Exception {
    assertThat(written(OptionalDouble.of(0.5)).lines())
        .satisfiesExactly(
            names ->
                assertThat(names)
                    .isEqualTo(NAMES + ",area_um2,perimeter_um,centroid_x_um,centroid_y_um"),
            numbers ->
                assertThat(numbers)
                    .startsWith("1,10,")
                    .endsWith(
                        String.format(
                            Locale.ROOT, ",1,2.500,%.3f,0.950,0.800", ring.perimeter() * 0.5)));
  }

  private String written(OptionalDouble microns) throws Exception {
    Path file = folder.resolve("a.csv");
    try (ObjectCsv csv = ObjectCsv.create(file, microns)) {
      csv.add(ring);
      csv.complete();
      csv.publish();
    }
    return Files.readString(file);
  }
}
