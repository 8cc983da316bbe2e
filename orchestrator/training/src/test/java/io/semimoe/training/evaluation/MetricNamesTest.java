package io.semimoe.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MetricNamesTest {

  @Test
  void namesTheSizeOfTheModel() {
    assertThat(MetricNames.at("pooledDice", 128, 128)).isEqualTo("pooledDice@128");
    assertThat(MetricNames.at("pooledDice", 128, 96)).isEqualTo("pooledDice@128x96");
  }

  @Test
  void putsNamesIntoWords() {
    assertThat(MetricNames.label("bestThresholdOptimisticPooledDice@128"))
        .isEqualTo("best-threshold (optimistic) pooled Dice @ 128");
    assertThat(MetricNames.label("testA/meanObjectF1@original"))
        .isEqualTo("testA: per-image mean object F1 @ original");
    assertThat(MetricNames.label("testB/images")).isEqualTo("testB: images");
    assertThat(MetricNames.label("testA/finiteMeanSeparatedObjectHausdorff@original"))
        .isEqualTo(
            "testA: per-image mean separated object Hausdorff where finite (pixels) @ original");
    assertThat(MetricNames.label("loss")).isEqualTo("loss");
  }

  @Test
  void namesTheMetricsOfSeparatedObjectsAlike() {
    assertThat(MetricNames.ofSeparated("pooledObjectF1")).isEqualTo("pooledSeparatedObjectF1");
    assertThat(MetricNames.ofSeparated("objectTruePositives"))
        .isEqualTo("separatedObjectTruePositives");
  }

  @Test
  void writesCountsWithoutDecimals() {
    assertThat(MetricNames.number("testA/images", 60)).isEqualTo("60");
    assertThat(MetricNames.number("objectTruePositives@original", 3)).isEqualTo("3");
    assertThat(MetricNames.number("testA/separatedObjectTruePositives@original", 3)).isEqualTo("3");
    assertThat(MetricNames.number("pooledSeparatedObjectF1@original", 1)).isEqualTo("1.0000");
  }

  @Test
  void hasWordsForEveryMetricThatIsReported() {
    SegmentationEvaluation evaluation = new SegmentationEvaluation(OptionalDouble.empty());
    evaluation.add(
        evaluation.score("a", "test", Maps.undivided("9"), Maps.labels("1"), Maps.labels("1")));

    assertThat(evaluation.metrics().keySet())
        .allSatisfy(
            name -> {
              String metric = name.replaceFirst("@.*", "");
              assertThat(MetricNames.label(name))
                  .satisfiesAnyOf(
                      words -> assertThat(words).doesNotStartWith(metric),
                      words -> assertThat(words).isEqualTo("images"));
            });
  }
}
