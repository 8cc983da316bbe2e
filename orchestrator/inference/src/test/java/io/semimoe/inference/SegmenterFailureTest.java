package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import io.semimoe.inference.ModelDescription.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an open segmenter refuses to do, and how it tells that a run failed. */
class SegmenterFailureTest {
  private static final SegmenterOptions OPTIONS = SegmenterOptions.builder().threads(1).build();

  @Test
  void refusesToRunOnceClosed() throws Exception {
    Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS);
    segmenter.close();
    segmenter.close();

    assertThatThrownBy(() -> segmenter.segment(TinyModel.halves(4, 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the segmenter is closed; open the model again");
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "5, 0", "-1, 5"})
  void refusesMapsWithoutPixels(int width, int height) throws Exception {
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      assertThatThrownBy(
              () ->
                  segmenter.segment(
                      RgbSource.of(TinyModel.halves(4, 4)),
                      width,
                      height,
                      row -> {},
                      Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected maps of at least 1×1 pixels, found %d×%d", width, height);
    }
  }

  @Test
  void refusesToReadAnImageWholeThatNoArrayHolds() throws Exception {
    RgbSource slide = new Unread(30_000, 40_000);
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), OPTIONS)) {
      assertThatThrownBy(() -> segmenter.segment(slide, 300, 400, row -> {}, Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most 715827879 pixels")
          .hasMessageContaining("found 30000×40000; choose TILES");
    }
  }

  @Test
  void refusesRowsOfTilesThatNoArrayHolds() throws Exception {
    RgbSource slide = new Unread(200_000_000, 1);
    SegmenterOptions tiles =
        SegmenterOptions.builder().prediction(Prediction.TILES).tileSize(TinyModel.TILE).build();
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), tiles)) {
      assertThatThrownBy(() -> segmenter.segment(slide, 200, 1, row -> {}, Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "expected an image at most 134217727 pixels wide with tiles of 16, found 200000000;"
                  + " choose smaller tiles");
    }
  }

  @ParameterizedTest
  @EnumSource(Prediction.class)
  void refusesASourceThatGivesOtherRegionsThanAskedFor(Prediction prediction) throws Exception {
    RgbSource clamped = new Clamped(40, 30);
    SegmenterOptions options =
        SegmenterOptions.builder().prediction(prediction).tileSize(TinyModel.TILE).build();
    try (Segmenter segmenter = Segmenter.open(new TinyModel().bytes(), options)) {
      for (RgbSource source : List.of(clamped, clamped.scaled(2))) {
        assertThatThrownBy(() -> segmenter.segment(source, 40, 30, row -> {}, Progress.NONE))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("expected a region of")
            .hasMessageContaining("found 5×");
      }
    }
  }

  @Test
  void tellsARunThatLacksMemoryFromOthers() throws Exception {
    try (Segmenter endless = Segmenter.open(new TinyModel().withoutEnd().bytes(), OPTIONS);
        Segmenter diverged = Segmenter.open(new TinyModel().withBias(Float.NaN).bytes(), OPTIONS)) {
      assertThatThrownBy(() -> endless.segment(TinyModel.halves(4, 4)))
          .isInstanceOfSatisfying(
              SegmentationException.class, e -> assertThat(e.isOutOfMemory()).isTrue());
      assertThatThrownBy(() -> diverged.segment(TinyModel.halves(4, 4)))
          .isInstanceOfSatisfying(
              SegmentationException.class, e -> assertThat(e.isOutOfMemory()).isFalse());
    }
  }

  @Test
  void reportsProbabilitiesThatAreNotFinite() throws Exception {
    byte[] model = new TinyModel().withBias(Float.NaN).bytes();
    try (Segmenter segmenter = Segmenter.open(model, OPTIONS)) {
      assertThatThrownBy(() -> segmenter.segment(TinyModel.halves(4, 4)))
          .isInstanceOf(SegmentationException.class)
          .hasMessageContaining("found NaN");
    }
  }

  @Test
  void reportsDistancesThatAreNone() throws Exception {
    byte[] model = new TinyModel().withDistance(1).bytes();
    try (Segmenter segmenter = Segmenter.open(model, OPTIONS)) {
      assertThatThrownBy(() -> segmenter.segment(TinyModel.halves(4, 4)))
          .isInstanceOf(SegmentationException.class)
          .hasMessageContaining("expected numbers from -1 to 1 in the output distance, found 200");
    }
  }

  @Test
  void reportsAnOutputOfAnotherSize() throws Exception {
    byte[] model = new TinyModel().withSparseDistance().bytes();
    try (Segmenter segmenter = Segmenter.open(model, OPTIONS)) {
      assertThatThrownBy(() -> segmenter.segment(TinyModel.halves(4, 4)))
          .isInstanceOf(SegmentationException.class)
          .hasMessageContaining("expected 256 numbers in the output distance, found 64");
    }
  }

  /** A slide that must not be read. */
  private record Unread(int width, int height) implements RgbSource {
    @Override
    public RgbImage region(int x, int y, int regionWidth, int regionHeight) {
      throw new AssertionError("read");
    }
  }

  /** Gives five columns at most, all black. */
  private record Clamped(int width, int height) implements RgbSource {
    @Override
    public RgbImage region(int x, int y, int regionWidth, int regionHeight) {
      int columns = Math.min(regionWidth, 5);
      return new RgbImage(columns, regionHeight, new byte[3 * columns * regionHeight]);
    }
  }
}
