package io.semimoe.inference;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;

/**
 * Segments one image, once, by overlapping tiles and hands its rows on as soon as they are final.
 * Memory: one row of tiles of each map, {@code 4 · maps · width · tile} bytes, whatever the height,
 * and the {@link SampledTiles}.
 */
final class TiledRun {
  private final ModelSession session;
  private final RgbSource source;
  private final int tile;
  private final TileAxis columns;
  private final TileAxis rows;
  private final int width;
  private final int height;
  private final Progress progress;
  private long done;

  /**
   * Plans the tiles of an image, on the model's own grid where they are large enough for that.
   *
   * @param progress told of each tile after its last run
   */
  TiledRun(ModelSession session, RgbSource source, int tile, int overlap, Progress progress) {
    int multiple = session.description().layoutMultiple();
    int step = multiple <= tile - overlap ? multiple : 1;
    this.session = session;
    this.source = source;
    this.tile = tile;
    this.width = source.width();
    this.height = source.height();
    this.columns = TileAxis.of(width, tile, overlap, step);
    this.rows = TileAxis.of(height, tile, overlap, step);
    this.progress = progress;
  }

  /** Number of tiles. */
  long tiles() {
    return (long) columns.count() * rows.count();
  }

  /**
   * Runs all tiles, each with gate weights of its own.
   *
   * @param consumer takes the rows
   * @return mean gate weights of the tiles, if the model gives them
   */
  Optional<GateWeights> withOwnWeights(MapRow.Consumer consumer) throws IOException {
    GateWeights.Mean mean = new GateWeights.Mean();
    blend(
        index -> {
          TileMaps maps = session.run(read(index));
          tileDone();
          maps.gateWeights().ifPresent(mean::add);
          return maps;
        },
        consumer);
    return mean.get();
  }

  /**
   * Runs all tiles and fuses them with the mean gate weights of some, which are evenly spread in
   * both directions.
   *
   * @param most most tiles whose weights are averaged, at least 1
   * @param room a permit for each tile that may be kept until it is fused; of those whose weights
   *     are averaged, the others are run twice
   * @param consumer takes the rows
   * @return the mean
   */
  GateWeights withMeanWeights(long most, Semaphore room, MapRow.Consumer consumer)
      throws IOException {
    try (SampledTiles sample = new SampledTiles(room)) {
      for (long index : spread(most)) {
        boolean kept = sample.add(index, session.votes(read(index)));
        if (kept && !session.isMirrored()) {
          tileDone();
        }
      }
      GateWeights mean = sample.meanWeights();
      blend(index -> fused(index, sample, mean), consumer);
      return mean;
    }
  }

  /**
   * Returns the tiles of a grid that is evenly spread over the image in both directions, at most so
   * many, in reading order; all tiles if they are no more.
   */
  private long[] spread(long most) {
    long shorter = Math.min(rows.count(), columns.count());
    long longer = Math.max(rows.count(), columns.count());
    long few = Math.min(shorter, (long) Math.ceil(Math.sqrt((double) most * shorter / longer)));
    long many = Math.min(longer, most / few);
    long down = rows.count() == shorter ? few : many;
    long across = rows.count() == shorter ? many : few;
    return LongStream.range(0, down * across)
        .map(
            i ->
                middle(i / across, down, rows.count()) * columns.count()
                    + middle(i % across, across, columns.count()))
        .toArray();
  }

  /** Returns the middle of one of some equal shares of {@code count} places. */
  private static long middle(long share, long shares, long count) {
    return (2 * share + 1) * count / (2 * shares);
  }

  private TileMaps fused(long index, SampledTiles sample, GateWeights mean) throws IOException {
    Optional<ExpertVotes> kept = sample.take(index);
    ExpertVotes votes = kept.isPresent() ? kept.get() : session.votes(read(index));
    TileMaps maps = session.fuse(votes, mean);
    if (kept.isEmpty() || session.isMirrored()) {
      tileDone();
    }
    return maps;
  }

  private void tileDone() {
    done++;
    progress.tilesDone(done, tiles());
  }

  /** Gives the maps of a tile, by its index in reading order. */
  @FunctionalInterface
  private interface Maps {
    TileMaps of(long index) throws IOException;
  }

  /** Blends all tiles, row by row. */
  private void blend(Maps maps, MapRow.Consumer consumer) throws IOException {
    Optional<Band> band = Optional.empty();
    for (int row = 0; row < rows.count(); row++) {
      float[] vertical = rows.weights(row);
      for (int column = 0; column < columns.count(); column++) {
        TileMaps found = maps.of((long) row * columns.count() + column);
        if (band.isEmpty()) {
          band = Optional.of(new Band(found));
        }
        band.get().add(found, column, vertical);
      }
      band.orElseThrow().pass(rows.start(row), rows.start(row + 1), consumer);
    }
  }

  /** Reads a tile; where the image ends before it does, the image is mirrored. */
  private RgbImage read(long index) throws IOException {
    int x = columns.start((int) (index % columns.count()));
    int y = rows.start((int) (index / columns.count()));
    RgbImage region =
        source.checkedRegion(x, y, Math.min(tile, width - x), Math.min(tile, height - y));
    return region.width() == tile && region.height() == tile ? region : mirrored(region);
  }

  private RgbImage mirrored(RgbImage image) {
    byte[] from = image.rgb();
    byte[] to = new byte[3 * tile * tile];
    for (int y = 0; y < tile; y++) {
      int sourceY = mirror(y, image.height());
      for (int x = 0; x < tile; x++) {
        int at = 3 * (sourceY * image.width() + mirror(x, image.width()));
        System.arraycopy(from, at, to, 3 * (y * tile + x), 3);
      }
    }
    return new RgbImage(tile, tile, to);
  }

  /** Reflects a position into 0..length − 1; the pixel at the edge is there twice. */
  private static int mirror(int position, int length) {
    int period = position % (2 * length);
    return period < length ? period : 2 * length - 1 - period;
  }

  /** Sums of weighted maps for the rows that tiles may still add to. */
  private final class Band {
    private final float[] probability = new float[tile * width];
    private final Optional<float[]> distance;
    private final Optional<float[]> boundary;
    private final float[] probabilityRow = new float[width];
    private final Optional<float[]> distanceRow;
    private final Optional<float[]> boundaryRow;

    Band(TileMaps first) {
      distance = first.distance().map(m -> new float[tile * width]);
      boundary = first.boundary().map(m -> new float[tile * width]);
      distanceRow = distance.map(m -> new float[width]);
      boundaryRow = boundary.map(m -> new float[width]);
    }

    void add(TileMaps maps, int column, float[] vertical) {
      float[] horizontal = columns.weights(column);
      int x = columns.start(column);
      add(probability, maps.probability(), x, horizontal, vertical);
      distance.ifPresent(sum -> add(sum, maps.distance().orElseThrow(), x, horizontal, vertical));
      boundary.ifPresent(sum -> add(sum, maps.boundary().orElseThrow(), x, horizontal, vertical));
    }

    private void add(float[] sum, FloatMap map, int x, float[] horizontal, float[] vertical) {
      float[] values = map.values();
      int visible = Math.min(tile, width - x);
      for (int row = 0; row < tile; row++) {
        for (int i = 0; i < visible; i++) {
          sum[row * width + x + i] += horizontal[i] * vertical[row] * values[row * tile + i];
        }
      }
    }

    /** Hands on the rows from {@code first} to before {@code next}, and moves the rest up. */
    void pass(int first, int next, MapRow.Consumer consumer) throws IOException {
      for (int y = first; y < next; y++) {
        int from = (y - first) * width;
        copy(probability, from, 0, probabilityRow);
        distance.ifPresent(sum -> copy(sum, from, -1, distanceRow.get()));
        boundary.ifPresent(sum -> copy(sum, from, 0, boundaryRow.get()));
        consumer.accept(new MapRow(y, probabilityRow, distanceRow, boundaryRow));
      }
      int gone = Math.min(tile, next - first);
      shift(probability, gone);
      distance.ifPresent(sum -> shift(sum, gone));
      boundary.ifPresent(sum -> shift(sum, gone));
    }

    /** Copies a row; the weights of tiles may add up to a rounding error more than 1. */
    private void copy(float[] sum, int from, int least, float[] row) {
      for (int x = 0; x < width; x++) {
        row[x] = Math.max(least, Math.min(1, sum[from + x]));
      }
    }

    private void shift(float[] sum, int gone) {
      System.arraycopy(sum, gone * width, sum, 0, sum.length - gone * width);
      Arrays.fill(sum, sum.length - gone * width, sum.length, 0);
    }
  }
}
