package io.semimoe.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SegmentationEvaluationTest {
  private static final LabelMap TWO_OBJECTS = Maps.labels("11.22", ".....");

  private static void add(
      SegmentationEvaluation evaluation,
      String name,
      String group,
      PredictedMaps maps,
      LabelMap truthAtModelSize,
      LabelMap truth) {
    evaluation.add(evaluation.score(name, group, maps, truthAtModelSize, truth));
  }

  /** Two images of 5×2 pixels at the model's size, their own size being the same. */
  private static SegmentationEvaluation twoGroups() {
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());
    add(evaluation, "a", "testA", Maps.undivided("99.99", "....."), TWO_OBJECTS, TWO_OBJECTS);
    add(evaluation, "b", "testB", Maps.undivided("9...4", "....."), TWO_OBJECTS, TWO_OBJECTS);
    return evaluation;
  }

  @Test
  void reportsPooledAndMeanPixelMetrics() {
    Map<String, Double> metrics = twoGroups().metrics();

    assertThat(metrics)
        .contains(
            entry("images", 2.0),
            entry("pooledDice@5x2", 2.0 * 5 / (5 + 8)),
            entry("pooledJaccard@5x2", 5.0 / 8),
            entry("meanDice@5x2", (1 + 2.0 / 5) / 2),
            entry("meanJaccard@5x2", (1 + 1.0 / 4) / 2),
            entry("pooledDice@original", 2.0 * 5 / (5 + 8)),
            entry("meanJaccard@original", (1 + 1.0 / 4) / 2));
  }

  @Test
  void reportsTheBestThresholdUnderItsOwnName() {
    assertThat(twoGroups().metrics())
        .contains(
            entry("bestThresholdOptimisticPooledDice@5x2", 2.0 * 6 / (6 + 8)),
            entry("bestThresholdOptimisticPooledJaccard@5x2", 6.0 / 8),
            entry("bestThresholdOptimistic@5x2", 0.39));
  }

  @Test
  void reportsPooledAndMeanObjectMetrics() {
    // Image b: the pixel is half of object 1, so no true positive; object 2 takes its distance 4.
    Map<String, Double> metrics = twoGroups().metrics();

    assertThat(metrics)
        .contains(
            entry("objectTruePositives@original", 2.0),
            entry("objectFalsePositives@original", 1.0),
            entry("objectFalseNegatives@original", 2.0),
            entry("pooledObjectF1@original", 4.0 / 7),
            entry("pooledObjectPrecision@original", 2.0 / 3),
            entry("pooledObjectRecall@original", 0.5),
            entry("meanObjectF1@original", 0.5),
            entry("infiniteObjectHausdorffImages@original", 0.0));
    assertThat(metrics.get("pooledObjectDice@original"))
        .isCloseTo(((4 + 2.0 / 3) / 5 + (4 + 2 * 2.0 / 3) / 8) / 2, within(1e-12));
    assertThat(metrics.get("meanObjectDice@original"))
        .isCloseTo((1 + (2.0 / 3 + 1.0 / 3) / 2) / 2, within(1e-12));
    assertThat(metrics.get("pooledObjectHausdorff@original"))
        .isCloseTo((1.0 / 5 + (2 * 1 + 2 * 4) / 8.0) / 2, within(1e-12));
    assertThat(metrics.get("meanObjectHausdorff@original"))
        .isCloseTo((0 + (1 + 2.5) / 2) / 2, within(1e-12));
  }

  @Test
  void reportsEachGroupApart() {
    assertThat(twoGroups().metrics())
        .contains(
            entry("testA/images", 1.0),
            entry("testA/pooledDice@5x2", 1.0),
            entry("testB/pooledDice@5x2", 2.0 / 5),
            entry("testB/meanDice@original", 2.0 / 5),
            entry("testA/pooledObjectF1@original", 1.0),
            entry("testA/pooledSeparatedObjectF1@original", 1.0),
            entry("testB/pooledSeparatedObjectF1@original", 0.0),
            entry("testB/meanObjectF1@original", 0.0))
        .doesNotContainKey("testA/bestThresholdOptimistic@5x2");
  }

  @Test
  void oneGroupIsNotReportedTwice() {
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());
    add(evaluation, "a", "test", Maps.undivided("9"), Maps.labels("1"), Maps.labels("1"));

    assertThat(evaluation.metrics().keySet())
        .containsExactly(
            "images",
            "pooledDice@1",
            "pooledJaccard@1",
            "meanDice@1",
            "meanJaccard@1",
            "bestThresholdOptimisticPooledDice@1",
            "bestThresholdOptimisticPooledJaccard@1",
            "bestThresholdOptimistic@1",
            "pooledDice@original",
            "pooledJaccard@original",
            "meanDice@original",
            "meanJaccard@original",
            "pooledObjectF1@original",
            "pooledObjectPrecision@original",
            "pooledObjectRecall@original",
            "objectTruePositives@original",
            "objectFalsePositives@original",
            "objectFalseNegatives@original",
            "pooledObjectDice@original",
            "pooledObjectHausdorff@original",
            "meanObjectF1@original",
            "meanObjectDice@original",
            "meanObjectHausdorff@original",
            "finiteMeanObjectHausdorff@original",
            "infiniteObjectHausdorffImages@original",
            "pooledSeparatedObjectF1@original",
            "pooledSeparatedObjectPrecision@original",
            "pooledSeparatedObjectRecall@original",
            "separatedObjectTruePositives@original",
            "separatedObjectFalsePositives@original",
            "separatedObjectFalseNegatives@original",
            "pooledSeparatedObjectDice@original",
            "pooledSeparatedObjectHausdorff@original",
            "meanSeparatedObjectF1@original",
            "meanSeparatedObjectDice@original",
            "meanSeparatedObjectHausdorff@original",
            "finiteMeanSeparatedObjectHausdorff@original",
            "infiniteSeparatedObjectHausdorffImages@original");
  }

  @Test
  void resizesProbabilitiesToTheOriginalSizeBeforeTheThreshold() {
    // 0.2 and 0.9 at positions 0.5 and 1.5 of 2 become 0.2, 0.375, 0.725, 0.9 on 4 pixels.
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());
    add(evaluation, "a", "test", Maps.undivided("29"), Maps.labels(".1"), Maps.labels(".111"));

    assertThat(evaluation.images().get(0).modelSize()).isEqualTo(new PixelCounts(1, 1, 1));
    assertThat(evaluation.images().get(0).original()).isEqualTo(new PixelCounts(2, 2, 3));
  }

  /** Pixels of 6.2 µm: holes of up to 100 pixels are filled, objects below 5 dropped. */
  @Test
  void reportsTheComponentsAndTheSeparatedObjects() {
    Map<String, Double> metrics = touchingGlands(6.2).metrics();

    assertThat(metrics)
        .contains(
            entry("objectTruePositives@original", 1.0),
            entry("objectFalsePositives@original", 1.0),
            entry("objectFalseNegatives@original", 1.0),
            entry("pooledObjectF1@original", 0.5),
            entry("separatedObjectTruePositives@original", 2.0),
            entry("separatedObjectFalsePositives@original", 0.0),
            entry("separatedObjectFalseNegatives@original", 0.0),
            entry("pooledSeparatedObjectF1@original", 1.0),
            entry("meanSeparatedObjectF1@original", 1.0),
            entry("pooledSeparatedObjectDice@original", 1.0),
            entry("pooledSeparatedObjectHausdorff@original", 0.0));
    assertThat(metrics.get("pooledObjectDice@original")).isLessThan(0.8);
  }

  /** At 0.62 µm a gland has at least 500 pixels. */
  @Test
  void theSizeOfAPixelSaysWhichSeparatedObjectsAreTooSmall() {
    assertThat(touchingGlands(0.62).metrics())
        .contains(
            entry("objectTruePositives@original", 1.0),
            entry("separatedObjectTruePositives@original", 0.0),
            entry("separatedObjectFalsePositives@original", 0.0),
            entry("separatedObjectFalseNegatives@original", 2.0));
  }

  /**
   * Two glands that meet in a valley of the distance, with a hole in one of them, and a speck
   * beside them, predicted at half the size of the image.
   */
  private static SegmentationEvaluation touchingGlands(double micronsPerPixel) {
    int width = 20;
    int height = 8;
    float[] probability = new float[width * height];
    float[] distance = new float[probability.length];
    int[] truth = new int[4 * probability.length];
    for (int y = 1; y < height - 1; y++) {
      for (int x = 2; x < width - 2; x++) {
        probability[y * width + x] = x == 5 && y == 4 ? 0 : 1;
        distance[y * width + x] = Math.abs(x - (width - 1) / 2f) / width;
      }
    }
    probability[0] = 0.6f;
    LabelMap mask =
        Resize.bilinear(new FloatMap(width, height, probability), 2 * width, 2 * height)
            .above(0.5f);
    for (int i = 0; i < truth.length; i++) {
      int x = i % (2 * width);
      boolean inHole = x >= 10 && x < 12 && i / (2 * width) >= 8 && i / (2 * width) < 10;
      boolean speck = x < 4;
      truth[i] = speck || (mask.labels()[i] == 0 && !inHole) ? 0 : x < width ? 1 : 2;
    }
    SegmentationEvaluation evaluation =
        new SegmentationEvaluation(OptionalDouble.of(micronsPerPixel));
    LabelMap truthMap = new LabelMap(2 * width, 2 * height, truth);
    add(
        evaluation,
        "a",
        "test",
        new PredictedMaps(
            new FloatMap(width, height, probability), new FloatMap(width, height, distance)),
        Resize.nearest(truthMap, width, height),
        truthMap);
    return evaluation;
  }

  @Test
  void plainMasksAreSplitIntoTheirComponents() {
    LabelMap mask = TWO_OBJECTS.foreground();
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());
    add(evaluation, "a", "test", Maps.undivided("99.99", "....."), mask, mask);

    assertThat(evaluation.metrics())
        .containsEntry("objectTruePositives@original", 2.0)
        .containsEntry("separatedObjectTruePositives@original", 2.0);
  }

  @Test
  void theLabelsCountAsSoonAsOneImageHasSeveral() {
    LabelMap scattered = TWO_OBJECTS.foreground();
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());
    add(evaluation, "a", "test", Maps.undivided("99.99", "....."), scattered, scattered);
    add(evaluation, "b", "test", Maps.undivided("99.99", "....."), TWO_OBJECTS, TWO_OBJECTS);

    // The scattered object of image a is one; neither part is more than half of it.
    assertThat(evaluation.images().get(0).objects().truthObjects()).isEqualTo(1);
    assertThat(evaluation.images().get(0).separatedObjects().truthObjects()).isEqualTo(1);
    assertThat(evaluation.metrics()).containsEntry("objectTruePositives@original", 2.0);
  }

  @Test
  void countsImagesWithAnInfiniteDistance() {
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());
    add(evaluation, "a", "test", Maps.undivided("9.."), Maps.labels(".1."), Maps.labels(".1."));
    add(evaluation, "b", "test", Maps.undivided("..."), Maps.labels(".1."), Maps.labels(".1."));

    assertThat(evaluation.metrics())
        .contains(
            entry("meanObjectHausdorff@original", Double.POSITIVE_INFINITY),
            entry("pooledObjectHausdorff@original", Double.POSITIVE_INFINITY),
            entry("finiteMeanObjectHausdorff@original", 1.0),
            entry("infiniteObjectHausdorffImages@original", 1.0));
  }

  @Test
  void leavesTheFiniteMeanOutWhereThereIsNone() {
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());
    add(evaluation, "b", "test", Maps.undivided("..."), Maps.labels(".1."), Maps.labels(".1."));

    assertThat(evaluation.metrics()).doesNotContainKey("finiteMeanObjectHausdorff@original");
  }

  @Test
  void refusesProbabilitiesOfAnotherSize() {
    SegmentationEvaluation evaluation = twoGroups();

    assertThatThrownBy(
            () -> add(evaluation, "c", "t", Maps.undivided("99"), Maps.labels("11"), TWO_OBJECTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected the probability of c to have the size of the other images, 5×2, found 2×1");
    assertThatThrownBy(
            () ->
                add(evaluation, "c", "t", Maps.undivided("9", "9"), Maps.labels("1"), TWO_OBJECTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected the truth at the model's size of c to have the size of the probability, 1×2,"
                + " found 1×1");
  }

  @Test
  void refusesADistanceOfAnotherSize() {
    assertThatThrownBy(() -> new PredictedMaps(Maps.tenths("99"), Maps.tenths("9")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the distance to have the size of the probability, 2×1, found 1×1");
  }

  @Test
  void refusesToReportNothing() {
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());

    assertThatThrownBy(evaluation::metrics)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected at least one image");
  }
}
