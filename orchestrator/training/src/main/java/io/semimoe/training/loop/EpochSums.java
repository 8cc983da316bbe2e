package io.semimoe.training.loop;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.loss.TaskValues;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.IterationReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What has been summed in an epoch so far; part of a checkpoint, so that an epoch that is resumed
 * in its middle reports the same means.
 *
 * @param iterations iterations summed
 * @param labelledExpert sum of the experts' losses against the ground truth
 * @param labelledGate sum of the gates' losses against the ground truth
 * @param unlabelledExpert sum of the experts' losses against the pseudo-labels
 * @param total sum of the total losses
 * @param pseudoForeground sum of the shares of foreground in the pseudo-labels
 * @param gateWeights sums of the nine gate weights, gate by gate
 * @param seconds wall time of each iteration
 * @param loaderWaitSeconds sum of the waits for batches
 */
record EpochSums(
    int iterations,
    TaskValues labelledExpert,
    TaskValues labelledGate,
    TaskValues unlabelledExpert,
    double total,
    double pseudoForeground,
    List<Double> gateWeights,
    List<Double> seconds,
    double loaderWaitSeconds) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the parts do not fit together, as those of a damaged file
   */
  EpochSums {
    gateWeights = List.copyOf(gateWeights);
    seconds = List.copyOf(seconds);
    checkArgument(
        gateWeights.size() == GateStatistics.WEIGHTS && seconds.size() == iterations,
        "expected %s gate weights and times of %s iterations, found %s and %s",
        GateStatistics.WEIGHTS,
        iterations,
        gateWeights.size(),
        seconds.size());
    checkArgument(
        labelledExpert != null && labelledGate != null && unlabelledExpert != null,
        "expected the sums of three losses, found some missing");
  }

  static EpochSums empty() {
    TaskValues zero = new TaskValues(0, 0, 0);
    return new EpochSums(
        0, zero, zero, zero, 0, 0, Collections.nCopies(GateStatistics.WEIGHTS, 0.0), List.of(), 0);
  }

  EpochSums plus(IterationReport report, GateStatistics statistics) {
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < gateWeights.size(); i++) {
      weights.add(gateWeights.get(i) + statistics.gateWeights().get(i));
    }
    List<Double> times = new ArrayList<>(seconds);
    times.add(report.seconds());
    return new EpochSums(
        iterations + 1,
        labelledExpert.plus(report.labelledExpert()),
        labelledGate.plus(report.labelledGate()),
        unlabelledExpert.plus(report.unlabelledExpert()),
        total + report.total(),
        pseudoForeground + statistics.pseudoForeground(),
        weights,
        times,
        loaderWaitSeconds + report.loaderWaitSeconds());
  }

  EpochReport report(int epoch, double learningRate, double lambda, TaskValues s) {
    double share = 1.0 / iterations;
    List<List<Double>> weights = new ArrayList<>();
    for (int gate = 0; gate < 3; gate++) {
      weights.add(
          gateWeights.subList(3 * gate, 3 * gate + 3).stream().map(w -> w * share).toList());
    }
    return new EpochReport(
        epoch,
        learningRate,
        lambda,
        labelledExpert.times(share),
        labelledGate.times(share),
        unlabelledExpert.times(share),
        s,
        total * share,
        pseudoForeground * share,
        weights,
        seconds.stream().sorted().toList().get(seconds.size() / 2),
        loaderWaitSeconds,
        seconds.stream().mapToDouble(t -> t).sum());
  }
}
