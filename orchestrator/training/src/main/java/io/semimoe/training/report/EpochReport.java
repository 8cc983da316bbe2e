package io.semimoe.training.report;

import io.semimoe.loss.TaskValues;
import java.util.List;

/**
 * What one epoch did; losses are means over its iterations.
 *
 * @param epoch epoch, counted from 0
 * @param learningRate learning rate in force
 * @param lambda weight λ of the unlabelled loss
 * @param labelledExpert mean losses of the experts against the ground truth
 * @param labelledGate mean losses of the gates against the ground truth
 * @param unlabelledExpert mean losses of the experts against the pseudo-labels
 * @param s learned weights s1..s3 at the end of the epoch
 * @param total mean total loss
 * @param pseudoForegroundShare mean share of foreground pixels in the segmentation pseudo-labels,
 *     in [0, 1]; near 0 or 1 it tells of collapsed pseudo-labels
 * @param gateWeights mean gate weights, one list per gate (segmentation, distance, boundary) with
 *     one weight per expert (same order), each list summing to 1
 * @param iterationSeconds median wall time of an iteration
 * @param loaderWaitSeconds total time the training thread waited for batches
 * @param epochSeconds wall time of the epoch's training part
 */
public record EpochReport(
    int epoch,
    double learningRate,
    double lambda,
    TaskValues labelledExpert,
    TaskValues labelledGate,
    TaskValues unlabelledExpert,
    TaskValues s,
    double total,
    double pseudoForegroundShare,
    List<List<Double>> gateWeights,
    double iterationSeconds,
    double loaderWaitSeconds,
    double epochSeconds) {

  /** Copies the gate weights. */
  public EpochReport {
    gateWeights = gateWeights.stream().map(List::copyOf).toList();
  }
}
