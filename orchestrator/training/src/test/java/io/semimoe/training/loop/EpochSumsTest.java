package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.loss.TaskValues;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.IterationReport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three iterations, the second of which takes longest. */
class EpochSumsTest {
  private static final TaskValues S = new TaskValues(0.7, 0.8, 0.9);

  private final EpochReport report =
      EpochSums.empty()
          .plus(iteration(1, 0.25), statistics(1))
          .plus(iteration(2, 4), statistics(2))
          .plus(iteration(6, 1), statistics(6))
          .report(5, 0.1, 0.2, S);

  private static IterationReport iteration(double value, double seconds) {
    return new IterationReport(
        5,
        0,
        3,
        0.1,
        0.2,
        times(value, 1),
        times(value, 10),
        times(value, 100),
        S,
        7 * value,
        seconds,
        seconds / 8);
  }

  private static TaskValues times(double value, double factor) {
    return new TaskValues(1, 2, 3).times(value * factor);
  }

  private static GateStatistics statistics(double value) {
    return new GateStatistics(
        value / 10, IntStream.range(0, 9).mapToObj(weight -> value * weight).toList());
  }

  @Test
  void lossesAreMeans() {
    assertThat(report.labelledExpert()).isEqualTo(times(3, 1));
    assertThat(report.labelledGate()).isEqualTo(times(3, 10));
    assertThat(report.unlabelledExpert()).isEqualTo(times(3, 100));
    assertThat(report.total()).isCloseTo(21, within(1e-12));
  }

  @Test
  void theShareOfForegroundIsAMean() {
    assertThat(report.pseudoForegroundShare()).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void eachGateHasTheMeansOfItsThreeWeights() {
    assertThat(report.gateWeights())
        .containsExactly(
            List.of(0.0, 3.0, 6.0), List.of(9.0, 12.0, 15.0), List.of(18.0, 21.0, 24.0));
  }

  @Test
  void theTimeOfAnIterationIsTheMedianAndThatOfTheEpochTheSum() {
    assertThat(report.iterationSeconds()).isEqualTo(1);
    assertThat(report.epochSeconds()).isEqualTo(5.25);
    assertThat(report.loaderWaitSeconds()).isEqualTo(5.25 / 8);
  }

  @Test
  void whatHoldsForTheWholeEpochIsPassedOn() {
    assertThat(report.epoch()).isEqualTo(5);
    assertThat(report.learningRate()).isEqualTo(0.1);
    assertThat(report.lambda()).isEqualTo(0.2);
    assertThat(report.s()).isEqualTo(S);
  }
}
