package io.semimoe.inference;

import io.semimoe.dataset.raster.FloatMap;
import java.util.Optional;
import java.util.OptionalDouble;

/** Keeps all rows of an image. */
final class MapCollector implements MapRow.Consumer {
  private final int width;
  private final int height;
  private final float[] probability;
  private Optional<float[]> distance = Optional.empty();
  private Optional<float[]> boundary = Optional.empty();

  MapCollector(int width, int height) {
    this.width = width;
    this.height = height;
    this.probability = new float[width * height];
  }

  @Override
  public void accept(MapRow row) {
    if (row.y() == 0) {
      distance = row.distance().map(values -> new float[width * height]);
      boundary = row.boundary().map(values -> new float[width * height]);
    }
    keep(row.probability(), probability, row.y());
    distance.ifPresent(map -> keep(row.distance().orElseThrow(), map, row.y()));
    boundary.ifPresent(map -> keep(row.boundary().orElseThrow(), map, row.y()));
  }

  /** Returns what was collected; the arrays go over to it. */
  Segmentation segmentation(
      float threshold, Optional<GateWeights> gateWeights, OptionalDouble micronsPerPixel) {
    FloatMap map = new FloatMap(width, height, probability);
    return new Segmentation(
        map,
        map.above(threshold),
        threshold,
        distance.map(values -> new FloatMap(width, height, values)),
        boundary.map(values -> new FloatMap(width, height, values)),
        gateWeights,
        micronsPerPixel);
  }

  private void keep(float[] row, float[] map, int y) {
    System.arraycopy(row, 0, map, y * width, width);
  }
}
