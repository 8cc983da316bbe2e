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
  @CsvSource({"sgd, 102", "adamw, 84"})
  void networksWhoseMomentsFitAreTrainedAndWiderOnesAreNot(String optimizer, int width) {
    assertThatCode(() -> CheckpointSize.require(design(optimizer, width)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> CheckpointSize.require(design(optimizer, width + 1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("found " + (width + 1) + ", which takes 2.");
  }

  private static TrainingDesign design(String optimizer, int width) {
    return Designs.training(
        ConfigurationLoader.load(
            Optional.of("paper"),
            Optional.empty(),
            List.of("optimizer.kind=" + optimizer, "network.width=" + width)));
  }
}
