package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.configuration.ConfigurationException;
import io.semimoe.training.configuration.ConfigurationLoader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointSizeTest {
  @ParameterizedTest
  @CsvSource({"sgd, 0, 102", "adamw, 0, 84", "sgd, 0.1, 84", "adamw, 0.1, 72"})
  void networksWhoseMomentsAndAveragesFitAreTrainedAndWiderOnesAreNot(
      String optimizer, double average, int width) {
    assertThatCode(() -> CheckpointSize.require(design(optimizer, average, width)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> CheckpointSize.require(design(optimizer, average, width + 1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("found " + (width + 1) + ", which takes 2.");
  }

  private static TrainingDesign design(String optimizer, double average, int width) {
    return Designs.training(
        ConfigurationLoader.load(
            Optional.of("paper"),
            Optional.empty(),
            List.of(
                "optimizer.kind=" + optimizer,
                "weightAverage=" + average,
                "network.width=" + width)));
  }
}
