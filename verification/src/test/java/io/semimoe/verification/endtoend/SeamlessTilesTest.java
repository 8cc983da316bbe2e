package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A trained network that sees an image by overlapping tiles, and the same network that sees it at
 * once. The probabilities differ by what a pixel near the end of a tile cannot see.
 */
class SeamlessTilesTest {
  private static final double TOLERANCE = 1e-3;

  /** Largest jump of the difference at a row or column, as a share of how steep the map is. */
  private static final double SEAM = 0.2;

  /** Four tiles of the default size, which share no more than the default overlap. */
  private static final int SIDE = 640;

  /** A fourth of the image. */
  private static final int QUARTER = SIDE / 2;

  private static RgbImage image;
  private static FloatMap whole;

  @BeforeAll
  static void trainAndSegmentAtOnce() throws Exception {
    image = TrainedModel.tissue(SIDE, 1);
    Segmentation found = segment(options().tileSize(SIDE));
    whole = found.probability();
    double foreground = (double) found.mask().foregroundCount() / (SIDE * SIDE);
    assertThat(foreground).as("share of glands").isBetween(0.1, 0.9);
  }

  @Test
  void defaultTilesGiveWhatTheWholeImageGives() throws Exception {
    FloatMap tiles = segment(options()).probability();

    assertThat(meanDifference(tiles)).isPositive().isLessThan(TOLERANCE);
    assertThat(worstSeam(tiles)).isLessThan(SEAM);
  }

  @Test
  void tilesThatShareNothingDoNot() throws Exception {
    FloatMap tiles = segment(options().tileSize(QUARTER).overlap(0)).probability();

    assertThat(meanDifference(tiles)).isGreaterThan(3 * TOLERANCE);
    assertThat(worstSeam(tiles)).isGreaterThan(1);
  }

  private static SegmenterOptions.Builder options() {
    return SegmenterOptions.builder().threads(2).prediction(ModelDescription.Prediction.TILES);
  }

  private static Segmentation segment(SegmenterOptions.Builder options) throws Exception {
    try (Segmenter segmenter = Segmenter.open(TrainedModel.bytes(), options.build())) {
      return segmenter.segment(image);
    }
  }

  private static double meanDifference(FloatMap tiles) {
    double sum = 0;
    for (int i = 0; i < tiles.values().length; i++) {
      sum += Math.abs(tiles.values()[i] - whole.values()[i]);
    }
    return sum / tiles.values().length;
  }

  /**
   * The mean jump of the difference between two neighbouring rows or columns, those where it is
   * largest, over the mean jump of the map itself.
   */
  private static double worstSeam(FloatMap tiles) {
    double[] jumps = new double[2 * SIDE];
    double steepness = 0;
    for (int y = 1; y < SIDE; y++) {
      for (int x = 1; x < SIDE; x++) {
        double difference = difference(tiles, x, y);
        jumps[x] += Math.abs(difference - difference(tiles, x - 1, y));
        jumps[SIDE + y] += Math.abs(difference - difference(tiles, x, y - 1));
        steepness += Math.abs(value(whole, x, y) - value(whole, x - 1, y)) / (SIDE - 1);
      }
    }
    return Arrays.stream(jumps).max().orElseThrow() / steepness;
  }

  private static double difference(FloatMap tiles, int x, int y) {
    return value(tiles, x, y) - value(whole, x, y);
  }

  private static double value(FloatMap map, int x, int y) {
    return map.values()[y * SIDE + x];
  }
}
