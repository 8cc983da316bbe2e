package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.schedule.LearningRateSchedule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The learning rates of the paper's schedule, quirks included. */
class LearningRateReferenceTest {
  @Test
  void thePaperPresetHasTheLearningRateOfThePaperInEveryEpoch() {
    TrainingConfiguration paper =
        ConfigurationLoader.load(Optional.of("paper"), Optional.empty(), List.of());
    LearningRateSchedule schedule =
        LearningRateSchedule.of(paper.schedule(), paper.optimizer().learningRate(), paper.epochs());
    List<String> lines = ReferenceVectors.lines("learning-rate.csv");

    assertThat(lines).hasSize(paper.epochs() + 1);
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      int epoch = Integer.parseInt(line.substring(0, comma));
      double expected = Double.parseDouble(line.substring(comma + 1));
      assertThat(schedule.at(epoch)).as("epoch %d", epoch).isEqualTo(expected, within(1e-7));
    }
  }
}
