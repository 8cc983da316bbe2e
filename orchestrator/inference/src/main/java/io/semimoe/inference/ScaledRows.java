package io.semimoe.inference;

import io.semimoe.dataset.raster.LinearTaps;
import java.io.IOException;
import java.util.Optional;

/**
 * Scales the maps of an image to another size, linearly as {@code Resize.bilinear} does, while
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
      // Of the two rows, the later one alone where both taps are it: at the end of the image.
      float weight = rows.first(next) == row.y() ? 1 : rows.weight(next);
      consumer.accept(read.between(next, weight));
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

    MapRow between(int y, float weight) {
      return new MapRow(
          y,
          probability.between(weight),
          distance.map(map -> map.between(weight)),
          boundary.map(map -> map.between(weight)));
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

    float[] between(float weight) {
      for (int x = 0; x < width; x++) {
        mixed[x] = earlier[x] + (later[x] - earlier[x]) * weight;
      }
      return mixed;
    }
  }
}
