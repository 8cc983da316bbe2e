package io.semimoe.training.loop;

import io.semimoe.graph.network.Task;
import java.util.List;

/**
 * What a batch tells about the state of the gates.
 *
 * @param pseudoForeground share of foreground in the segmentation gate's arg-max
 * @param gateWeights mean over the batch of the nine gate weights, gate by gate
 */
public record GateStatistics(double pseudoForeground, List<Double> gateWeights) {
  /** Number of gate weights: one for each gate and expert. */
  static final int WEIGHTS = Task.values().length * Task.values().length;

  /** Copies the list. */
  public GateStatistics {
    gateWeights = List.copyOf(gateWeights);
  }
}
