package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.Resize;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaledRowsTest {
  @ParameterizedTest
  @CsvSource({
    "9, 7, 18, 14",
    "9, 7, 25, 8",
    "20, 30, 9, 11",
    "5, 40, 12, 3",
    "1, 1, 4, 6",
    "6, 8, 1, 1",
    "3, 2, 3, 2",
    "31, 1, 62, 5"
  })
  void givesTheRowsOfTheResizedMapsToTheLastBit(int width, int height, int newWidth, int newHeight)
      throws Exception {
    FloatMap probability = noise(width, height, 1);
    FloatMap distance = noise(width, height, 2);
    FloatMap boundary = noise(width, height, 3);
    MapCollector collected = new MapCollector(newWidth, newHeight);
    ScaledRows rows = new ScaledRows(collected, width, height, newWidth, newHeight);

    for (int y = 0; y < height; y++) {
      rows.accept(
          new MapRow(
              y, probability.row(y), Optional.of(distance.row(y)), Optional.of(boundary.row(y))));
    }

    Segmentation found = collected.segmentation(0.5f, Optional.empty(), OptionalDouble.empty());
    assertThat(found.probability()).isEqualTo(Resize.bilinear(probability, newWidth, newHeight));
    assertThat(found.distance()).hasValue(Resize.bilinear(distance, newWidth, newHeight));
    assertThat(found.boundary()).hasValue(Resize.bilinear(boundary, newWidth, newHeight));
  }

  private static FloatMap noise(int width, int height, long seed) {
    float[] values = new float[width * height];
    Random random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new FloatMap(width, height, values);
  }
}
