package io.semimoe.training.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "none, 2, 0.3",
    "none, 16, 0.3",
    "linear, 2, 0.3",
    "linear, 1, 0.15",
    "linear, 16, 2.4",
    "square-root, 2, 0.3",
    "square-root, 8, 0.6"
  })
  void theBatchScalesTheLearningRate(String scaling, int batchSize, double expected)
      throws ConfigurationException {
    OptimizerSettings optimizer =
        ConfigurationLoader.load(
                Optional.of("compact"),
                Optional.empty(),
                List.of(
                    "data.root=/data", "data.split=/s.csv", "optimizer.batchScaling=" + scaling))
            .optimizer();

    assertThat(optimizer.learningRateFor(batchSize)).isCloseTo(expected, within(1e-12));
  }
}
