package io.semimoe.inference;

import static io.semimoe.inference.TinyModel.noise;
import static io.semimoe.inference.TinyModel.tiles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of several tiles, on a model whose output at a pixel depends on that pixel alone. */
class TiledSegmentationTest {
  private static double sample(RgbImage image, int pixel, int colour) {
    return image.rgb()[3 * pixel + colour] & 0xff;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "17, 16", "100, 70", "5, 3", "1, 40", "40, 1", "31, 33", "64, 64"})
  void tilesAddUpToTheWholeImage(int width, int height) throws Exception {
    RgbImage image = noise(width, height);
    for (double overlap : new double[] {0, 0.25, 0.5}) {
      try (Segmenter segmenter =
          Segmenter.open(new TinyModel().bytes(), tiles().overlap(overlap).build())) {
        float[] found = segmenter.segment(image).probability().values();
        for (int i = 0; i < found.length; i++) {
          assertThat((double) found[i])
              .as("pixel %s, overlap %s", i, overlap)
              .isCloseTo(sigmoid((sample(image, i, 0) - 127.5) / 10), within(1e-5));
        }
      }
    }
  }

  @Test
  void whereTilesAreCertainTheirBlendIsNotMoreThanCertain() throws Exception {
    byte[] white = new byte[3 * 700 * 700];
    Arrays.fill(white, (byte) 255);
    try (Segmenter segmenter =
        Segmenter.open(new TinyModel().withBias(0).bytes(), tiles().tileSize(384).build())) {
      float most = 0;
      for (float value : segmenter.segment(white, 700, 700).probability().values()) {
        most = Math.max(most, value);
      }
      assertThat(most).isEqualTo(1);
    }
  }

  @Test
  void distancesOutsideOfObjectsStayNegative() throws Exception {
    RgbImage image = noise(40, 30);
    try (Segmenter segmenter =
        Segmenter.open(new TinyModel().withDistance(-0.003f).bytes(), tiles().build())) {
      float[] found = segmenter.segment(image).distance().orElseThrow().values();
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i])
            .as("pixel %s", i)
            .isCloseTo(-0.003 * sample(image, i, 0), within(1e-5));
      }
    }
  }

  @Test
  void tilesStartOnTheGridOfTheModelUnlessTheyShareTooMuch() throws Exception {
    List<Integer> starts = new ArrayList<>();
    ObservedSource observed = new ObservedSource(noise(60, 20), (x, y) -> starts.add(x));
    // The model's grid has 8 pixels: half of a tile of 16, but twice what tiles of 8 advance by.
    for (int tile : new int[] {16, 8}) {
      starts.clear();
      try (Segmenter segmenter =
          Segmenter.open(new TinyModel().bytes(), tiles().tileSize(tile).overlap(0.5).build())) {
        segmenter.segment(observed, 60, 20, row -> {}, Progress.NONE);
      }
      assertThat(starts.stream().allMatch(x -> x % 8 == 0)).as("%d", tile).isEqualTo(tile == 16);
    }
  }

  @Test
  void allTilesAreFusedWithTheMeanWeightsOfTheImage() throws Exception {
    RgbImage image = noise(32, 48);
    try (Segmenter segmenter =
        Segmenter.open(
            new TinyModel().withExperts().bytes(), tiles().overlap(0).gates(Gates.IMAGE).build())) {
      Segmentation found = segmenter.segment(image);

      double[] trust = new double[3];
      int pixels = 32 * 48;
      for (int i = 0; i < pixels; i++) {
        for (int k = 0; k < 3; k++) {
          trust[k] += sample(image, i, k) / 255 / pixels;
        }
      }
      GateWeights weights = found.gateWeights().orElseThrow();
      for (int k = 0; k < 3; k++) {
        for (int gate = 0; gate < 3; gate++) {
          assertThat((double) weights.weight(gate, k)).isCloseTo(trust[k], within(1e-5));
        }
      }
      for (int i = 0; i < pixels; i++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += trust[k] * sample(image, i, k);
        }
        assertThat((double) found.probability().values()[i])
            .isCloseTo(sigmoid(sum / 10), within(1e-4));
        assertThat((double) found.distance().orElseThrow().values()[i])
            .isCloseTo(Math.tanh(sum / 100), within(1e-4));
        assertThat((double) found.boundary().orElseThrow().values()[i])
            .isCloseTo(sigmoid(sum / 20), within(1e-4));
      }
    }
  }

  @Test
  void noTileIsRunAgainForTheMeanWeights() throws Exception {
    List<String> read = new ArrayList<>();
    ObservedSource observed = new ObservedSource(noise(32, 48), (x, y) -> read.add(x + ", " + y));
    List<Long> done = new ArrayList<>();
    try (Segmenter segmenter =
        Segmenter.open(new TinyModel().withExperts().bytes(), tiles().overlap(0).build())) {
      segmenter.segment(observed, 32, 48, row -> {}, (tiles, all) -> done.add(tiles));
    }
    assertThat(read).containsExactly("0, 0", "16, 0", "0, 16", "16, 16", "0, 32", "16, 32");
    assertThat(done).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void tilesAreMirroredToo() throws Exception {
    byte[] model = new TinyModel().withExperts().lookingLeft().bytes();
    RgbImage image = noise(32, 16);
    try (Segmenter left = Segmenter.open(model, tiles().overlap(0).build());
        Segmenter both = Segmenter.open(model, tiles().overlap(0).mirrored(true).build())) {
      float[] mirrored = both.segment(image).distance().orElseThrow().values();
      float[] plain = left.segment(image).distance().orElseThrow().values();

      // What the fused experts see to the left of a pixel is what they see of the one before it.
      assertThat(mirrored[5]).isCloseTo((plain[5] + plain[7]) / 2, within(1e-5f));
      assertThat(Math.abs(plain[5] - plain[7])).isGreaterThan(0.01f);
    }
  }

  @Test
  void tilesMayKeepTheirOwnWeights() throws Exception {
    byte[] model = new TinyModel().withExperts().bytes();
    RgbImage image = noise(32, 48);
    try (Segmenter own = Segmenter.open(model, tiles().overlap(0).gates(Gates.TILE).build());
        Segmenter mean = Segmenter.open(model, tiles().overlap(0).build())) {
      Segmentation found = own.segment(image);

      // The model's own output, which here is another function than the fused experts.
      assertThat((double) found.probability().values()[0])
          .isCloseTo(sigmoid((sample(image, 0, 0) - 127.5) / 10), within(1e-5));
      assertThat((double) found.distance().orElseThrow().values()[0])
          .isCloseTo(Math.tanh(sample(image, 0, 1) / 100), within(1e-5));
      assertThat((double) found.boundary().orElseThrow().values()[0])
          .isCloseTo(sigmoid(sample(image, 0, 2) / 20), within(1e-5));
      assertThat(found.gateWeights().orElseThrow().weight(0, 0))
          .isCloseTo(mean.segment(image).gateWeights().orElseThrow().weight(0, 0), within(1e-5f));
    }
  }

  @Test
  void rowsComeOnceFromTopToBottomAndTilesAreCounted() throws Exception {
    List<Integer> rows = new ArrayList<>();
    List<Long> done = new ArrayList<>();
    try (Segmenter segmenter =
        Segmenter.open(new TinyModel().bytes(), tiles().overlap(0.25).build())) {
      Optional<GateWeights> weights =
          segmenter.segment(
              RgbSource.of(noise(40, 100)),
              40,
              100,
              row -> rows.add(row.y()),
              (tiles, all) -> {
                done.add(tiles);
                assertThat(all).isEqualTo(4 * 12);
              });
      assertThat(weights).isEmpty();
    }
    assertThat(rows).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(done).hasSize(48).isSorted().endsWith(48L);
  }

  @Test
  void onlyTilesAreReadOfAnImageThatIsLargerThanTheMemory() throws Exception {
    int side = 1 << 20;
    RgbSource endless =
        new RgbSource() {
          @Override
          public int width() {
            return 64;
          }

          @Override
          public int height() {
            return side;
          }

          @Override
          public RgbImage region(int x, int y, int width, int height) throws IOException {
            assertThat(width).isLessThanOrEqualTo(16);
            assertThat(height).isLessThanOrEqualTo(16);
            if (y > 1000) {
              throw new IOException("slide.tif: row " + y + " is damaged");
            }
            return noise(width, height);
          }
        };
    List<Integer> rows = new ArrayList<>();
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), tiles().build())) {
      assertThatThrownBy(
              () -> segmenter.segment(endless, 64, side, row -> rows.add(row.y()), Progress.NONE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("slide.tif");
    }
    assertThat(rows).hasSizeBetween(980, 1010);
  }

  @Test
  void tilesAreNotSmallUnlessAskedFor() throws Exception {
    try (Segmenter segmenter =
        Segmenter.open(
            new TinyModel().bytes(),
            SegmenterOptions.builder().prediction(ModelDescription.Prediction.TILES).build())) {
      segmenter.segment(
          RgbSource.of(noise(641, 300)),
          641,
          300,
          row -> {},
          (done, all) -> assertThat(all).isEqualTo(3));
    }
  }

  @Test
  void whatTheListenerThrowsEndsTheSegmentation() throws Exception {
    CancellationException stop = new CancellationException("enough");
    List<Long> done = new ArrayList<>();
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), tiles().build())) {
      assertThatThrownBy(
              () ->
                  segmenter.segment(
                      noise(100, 100),
                      OptionalDouble.empty(),
                      (tiles, all) -> {
                        done.add(tiles);
                        if (tiles == 3) {
                          throw stop;
                        }
                      }))
          .isSameAs(stop);
    }
    assertThat(done).containsExactly(1L, 2L, 3L);
  }

  @Test
  void closingEndsTheSegmentationAfterTheTile() throws Exception {
    Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), tiles().build());

    assertThatThrownBy(
            () ->
                segmenter.segment(
                    noise(100, 100), OptionalDouble.empty(), (tiles, all) -> segmenter.close()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theLargestTileIsOneWhoseOutputsFitIntoABuffer() {
    long bytes = 15L * Float.BYTES * ModelDescription.LARGEST_TILE * ModelDescription.LARGEST_TILE;

    assertThat(bytes).isLessThan(Integer.MAX_VALUE);
    assertThatThrownBy(() -> tiles().tileSize(6016).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a tile size from 1 to 5888 pixels, found 6016");
  }

  @Test
  void aModelOfFixedSidesKeepsItsOwnTiles() throws Exception {
    SegmenterOptions options =
        SegmenterOptions.builder().prediction(ModelDescription.Prediction.TILES).build();
    try (Segmenter segmenter =
        Segmenter.open(new TinyModel().withStaticSide(TinyModel.TILE).bytes(), options)) {
      assertThat(segmenter.tileSize()).isEqualTo(TinyModel.TILE);
    }
  }

  @Test
  void refusesTileSizesThatTheModelCannotTake() {
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().bytes(), tiles().tileSize(20).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model of " + new TinyModel().bytes().length + " bytes: expected")
        .hasMessageContaining("multiple of 8, found 20");
    assertThatThrownBy(
            () ->
                Segmenter.open(
                    new TinyModel().withStaticSide(16).bytes(), tiles().tileSize(32).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("own tile size 16, found 32");
  }

  @Test
  void aModelWithoutMetadataCanBeDescribed() throws Exception {
    byte[] model = new TinyModel().without("semimoe.format").bytes();

    assertThatThrownBy(() -> Segmenter.open(model, SegmenterOptions.DEFAULT))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("semimoe.format");
    try (Segmenter segmenter =
        Segmenter.open(model, tiles().description(TinyModel.DESCRIPTION).build())) {
      assertThat(segmenter.segment(noise(20, 20)).mask().foregroundCount()).isPositive();
    }
  }
}
