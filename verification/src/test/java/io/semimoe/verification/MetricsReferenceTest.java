package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.training.evaluation.ObjectMetrics;
import io.semimoe.training.evaluation.ObjectTally;
import io.semimoe.training.evaluation.PixelCounts;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixel and object metrics against an independent implementation. */
class MetricsReferenceTest {
  private static final ReferenceVectors VECTORS = ReferenceVectors.open("metrics.npz");
  private static final double TOLERANCE = 1e-9;
  private static final double HAUSDORFF_TOLERANCE = 1e-6;

  static Stream<String> cases() {
    return VECTORS.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pixelMetricsAgree(String name) {
    PixelCounts counts = PixelCounts.of(map(name, "prediction"), map(name, "truth"));

    assertThat(counts.dice()).isCloseTo(score(name, "pixel_dice"), within(TOLERANCE));
    assertThat(counts.jaccard()).isCloseTo(score(name, "pixel_jaccard"), within(TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void objectCountsAgree(String name) {
    ObjectTally tally = ObjectMetrics.compare(map(name, "prediction"), map(name, "truth"));

    assertThat(tally.truePositives()).isEqualTo((long) score(name, "object_tp"));
    assertThat(tally.falsePositives()).isEqualTo((long) score(name, "object_fp"));
    assertThat(tally.falseNegatives()).isEqualTo((long) score(name, "object_fn"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void objectScoresAgree(String name) {
    ObjectTally tally = ObjectMetrics.compare(map(name, "prediction"), map(name, "truth"));

    assertThat(tally.f1()).isCloseTo(score(name, "object_f1"), within(TOLERANCE));
    assertThat(tally.precision()).isCloseTo(score(name, "object_precision"), within(TOLERANCE));
    assertThat(tally.recall()).isCloseTo(score(name, "object_recall"), within(TOLERANCE));
    assertThat(tally.dice()).isCloseTo(score(name, "object_dice"), within(TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void objectHausdorffAgrees(String name) {
    ObjectTally tally = ObjectMetrics.compare(map(name, "prediction"), map(name, "truth"));

    double expected = score(name, "object_hausdorff");
    if (Double.isInfinite(expected)) {
      assertThat(tally.hausdorff()).isInfinite();
    } else {
      assertThat(tally.hausdorff()).isCloseTo(expected, within(HAUSDORFF_TOLERANCE));
    }
  }

  private static LabelMap map(String name, String which) {
    return VECTORS.get(name + "/" + which).toLabelMap();
  }

  private static double score(String name, String which) {
    return VECTORS.get(name + "/" + which).scalar();
  }
}
