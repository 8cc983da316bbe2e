package io.semimoe.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricNamesTest {

  @Test
  void namesTheSizeOfTheModel() {
    assertThat(MetricNames.at(MetricNames.POOLED_DICE, 128, 128)).isEqualTo("pooledDice@128");
    assertThat(MetricNames.at(MetricNames.POOLED_DICE, 128, 96)).isEqualTo("pooledDice@128x96");
  }

  @Test
  void putsNamesIntoWords() {
    assertThat(MetricNames.label("bestThresholdOptimisticPooledDice@128"))
        .isEqualTo("best-threshold (optimistic) pooled Dice @ 128");
    assertThat(MetricNames.label("testA/meanObjectF1@original"))
        .isEqualTo("testA: per-image mean object F1 @ original");
    assertThat(MetricNames.label("testB/images")).isEqualTo("testB: images");
    assertThat(MetricNames.label("loss")).isEqualTo("loss");
  }

  @Test
  void hasWordsForEveryMetricThatIsReported() {
    SegmentationEvaluation evaluation = new SegmentationEvaluation();
    evaluation.add("a", "test", Maps.tenths("9"), Maps.labels("1"), Maps.labels("1"));

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
