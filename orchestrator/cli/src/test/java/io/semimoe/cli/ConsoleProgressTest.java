package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.EvaluationReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleProgressTest {
  @Test
  void anEpochIsTold() {
    assertThat(logOf(false, 0.5, Level.INFO))
        .containsExactly(
            "epoch 5/40  loss 2.5000 (expert 0.100 0.200 0.300, gate 0.400 0.500 0.600)  lr 0.3000"
                + "  0.25 s/iteration, 38 s");
  }

  @ParameterizedTest
  @CsvSource({
    "0.009, 0.9 % of the pseudo-labels are foreground: they have collapsed to one class",
    "0.991, 99.1 % of the pseudo-labels are foreground: they have collapsed to one class"
  })
  void pseudoLabelsOfOneClassAreAWarning(double share, String warning) {
    assertThat(logOf(false, share, Level.WARN)).containsExactly(warning);
  }

  @ParameterizedTest
  @CsvSource({"0.01, false", "0.99, false", "0, true"})
  void otherPseudoLabelsAndNoneAtAllAreNoWarning(double share, boolean supervisedOnly) {
    assertThat(logOf(supervisedOnly, share, Level.WARN)).isEmpty();
  }

  @Test
  void anEvaluationIsToldByItsDice() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("images", 3.0);
    metrics.put("pooledDice@128", 0.87654);
    metrics.put("pooledJaccard@128", 0.5);
    metrics.put("meanDice@128", 0.8);

    try (LogOf log = new LogOf(ConsoleProgress.class);
        ConsoleProgress progress = new ConsoleProgress(40, false, false)) {
      progress.evaluated(new EvaluationReport(4, "test", metrics));

      assertThat(log.messages(Level.INFO))
          .containsExactly(
              "evaluation after epoch 5 on test:  pooled Dice @ 128 0.8765  per-image mean Dice @ 128 0.8000");
    }
  }

  private static List<String> logOf(boolean supervisedOnly, double share, Level level) {
    try (LogOf log = new LogOf(ConsoleProgress.class);
        ConsoleProgress progress = new ConsoleProgress(40, supervisedOnly, false)) {
      progress.epochDone(epoch(share));
      return log.messages(level);
    }
  }

  private static EpochReport epoch(double pseudoForegroundShare) {
    return new EpochReport(
        4,
        0.3,
        0.1,
        new TaskValues(0.1, 0.2, 0.3),
        new TaskValues(0.4, 0.5, 0.6),
        new TaskValues(0.7, 0.8, 0.9),
        new TaskValues(1, 1, 1),
        2.5,
        pseudoForegroundShare,
        List.of(),
        0.25,
        1.5,
        38.25);
  }
}
