package io.semimoe.inference;

import io.semimoe.dataset.raster.LinearTaps;
import java.io.IOException;
import java.util.Optional;

/**
 * Scales the maps of an image to another size, to the same bits as {@code Resize.bilinear}, while
 * their rows come. Keeps two rows of each map.
 */
final class ScaledRows implements MapRow.Consumer {
  private final MapRow.Consumer consumer;
  private final LinearTaps columns;
  private final LinearTaps rows;
  private final int width;
  private final int height;
  private Optional<Maps> maps = Optional.empty();
  private int next;

  /**
   * Scales from {@code sourceWidth}×{@code sourceHeight} to {@code width}×{@code height}.
   *
   * @param consumer takes the rows of the scaled maps
   */
  ScaledRows(MapRow.Consumer consumer, int sourceWidth, int sourceHeight, int width, int height) {
    this.consumer = consumer;
    this.columns = new LinearTaps(sourceWidth, width);
    this.rows = new LinearTaps(sourceHeight, height);
    this.width = width;
    this.height = height;
  }

  @Override
  public void accept(MapRow row) throws IOException {
    if (maps.isEmpty()) {
      maps = Optional.of(new Maps(row));
    }
    Maps read = maps.get();
    read.take(row);
    for (; next < height && rows.second(next) <= row.y(); next++) {
      // At the end of the image both taps are the later row.
      boolean atEnd = rows.first(next) == row.y();
      consumer.accept(read.between(next, atEnd, rows.weight(next)));
    }
  }

  /** The maps that the model has. */
  private final class Maps {
    private final TwoRows probability = new TwoRows();
    private final Optional<TwoRows> distance;
    private final Optional<TwoRows> boundary;

    Maps(MapRow first) {
      distance = first.distance().map(values -> new TwoRows());
      boundary = first.boundary().map(values -> new TwoRows());
    }

    void take(MapRow row) {
      probability.take(row.probability());
      distance.ifPresent(map -> map.take(row.distance().orElseThrow()));
      boundary.ifPresent(map -> map.take(row.boundary().orElseThrow()));
    }

    MapRow between(int y, boolean atEnd, float weight) {
      return new MapRow(
          y,
          probability.between(atEnd, weight),
          distance.map(map -> map.between(atEnd, weight)),
          boundary.map(map -> map.between(atEnd, weight)));
    }
  }

  /** The last two rows of a map, scaled to the new width. */
  private final class TwoRows {
    private float[] earlier = new float[width];
    private float[] later = new float[width];
    private final float[] mixed = new float[width];

    void take(float[] row) {
      float[] scaled = earlier;
      earlier = later;
      later = scaled;
      for (int x = 0; x < width; x++) {
        float left = row[columns.first(x)];
        float right = row[columns.second(x)];
        scaled[x] = left + (right - left) * columns.weight(x);
      }
    }

    float[] between(boolean atEnd, float weight) {
      float[] first = atEnd ? later : earlier;
      for (int x = 0; x < width; x++) {
        mixed[x] = first[x] + (later[x] - first[x]) * weight;
      }
      return mixed;
    }
  }
}
