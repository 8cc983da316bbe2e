package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.RgbImage;
import java.awt.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An image of 20 tiles, 16 of which are sampled for their gate weights. */
class TiledRunTest {
  private static final int WIDTH = 5 * TinyModel.TILE;
  private static final int HEIGHT = 4 * TinyModel.TILE;
  private static final int TILES = 20;
  private static final int SAMPLED = 16;

  private static ModelSession session;

  private final AtomicInteger reads = new AtomicInteger();
  private final List<Long> done = new ArrayList<>();

  @BeforeAll
  static void open() throws ModelException {
    session = open(SegmenterOptions.DEFAULT);
  }

  private static ModelSession open(SegmenterOptions chosen) throws ModelException {
    byte[] model = new TinyModel().withExperts().bytes();
    return ModelSession.open(
        "tiny", (environment, options) -> environment.createSession(model, options), chosen);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, SAMPLED, 100})
  void tilesForWhichThereIsNoRoomAreRunAgainAndTheResultIsTheSame(int room) throws Exception {
    Segmentation all = segmentation(new Semaphore(0));
    assertThat(reads).hasValue(TILES + SAMPLED);
    reads.set(0);
    done.clear();

    assertThat(segmentation(new Semaphore(room))).isEqualTo(all);

    assertThat(reads).hasValue(TILES + SAMPLED - Math.min(room, SAMPLED));
    assertThat(done).containsExactlyElementsOf(LongStream.rangeClosed(1, TILES).boxed().toList());
  }

  /** Not all of one column, as equal steps through the tiles in reading order may be. */
  @ParameterizedTest
  @CsvSource({"4, 32, 2, 8", "32, 4, 8, 2", "20, 20, 4, 4", "1, 40, 1, 16", "3, 5, 3, 5"})
  void theSampledTilesAreSpreadInBothDirections(int columns, int rows, int across, int down)
      throws Exception {
    List<Point> sampled = new ArrayList<>();
    int tile = TinyModel.TILE;
    RgbImage image =
        new RgbImage(columns * tile, rows * tile, new byte[3 * columns * rows * tile * tile]);
    ObservedSource source =
        new ObservedSource(
            image,
            (x, y) -> {
              if (sampled.size() < across * down) {
                sampled.add(new Point(x / tile, y / tile));
              }
            });

    new TiledRun(session, source, tile, 0, Progress.NONE)
        .withMeanWeights(SAMPLED, new Semaphore(SAMPLED), row -> {});

    assertThat(sampled.stream().map(at -> at.x).distinct()).hasSize(across);
    assertThat(sampled.stream().map(at -> at.y).distinct()).hasSize(down);
    assertThat(sampled).doesNotHaveDuplicates();
    assertThat(sampled.stream().mapToInt(at -> at.x).average())
        .hasValueCloseTo((columns - 1) / 2.0, within(0.5));
  }

  @Test
  void noTileIsDoneBeforeItsMirrorImagesAre() throws Exception {
    List<Integer> readsWhenDone = new ArrayList<>();
    try (ModelSession mirrored = open(SegmenterOptions.builder().mirrored(true).build())) {
      run(mirrored, (tiles, all) -> readsWhenDone.add(reads.get()))
          .withMeanWeights(SAMPLED, new Semaphore(SAMPLED), row -> {});
    }
    assertThat(readsWhenDone)
        .hasSize(TILES)
        .startsWith(SAMPLED, SAMPLED, SAMPLED + 1)
        .endsWith(TILES);
  }

  @Test
  void theRoomIsGivenBackWhenTheImageIsDone() throws Exception {
    Semaphore room = new Semaphore(7);

    segmentation(room);

    assertThat(room.availablePermits()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 18})
  void theRoomIsGivenBackWhenASegmentationIsStopped(long last) {
    Semaphore room = new Semaphore(SAMPLED);
    TiledRun run =
        run(
            session,
            (tiles, all) -> {
              if (tiles == last) {
                throw new CancellationException();
              }
            });

    assertThatThrownBy(() -> run.withMeanWeights(SAMPLED, room, row -> {}))
        .isInstanceOf(CancellationException.class);

    assertThat(room.availablePermits()).isEqualTo(SAMPLED);
  }

  private Segmentation segmentation(Semaphore room) throws IOException {
    MapCollector maps = new MapCollector(WIDTH, HEIGHT);
    GateWeights weights =
        run(session, (tiles, all) -> done.add(tiles)).withMeanWeights(SAMPLED, room, maps);
    return maps.segmentation(0.5f, Optional.of(weights), OptionalDouble.empty());
  }

  private TiledRun run(ModelSession model, Progress progress) {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    new Random(1).nextBytes(rgb);
    ObservedSource source =
        new ObservedSource(new RgbImage(WIDTH, HEIGHT, rgb), (x, y) -> reads.incrementAndGet());
    return new TiledRun(model, source, TinyModel.TILE, 0, progress);
  }
}
