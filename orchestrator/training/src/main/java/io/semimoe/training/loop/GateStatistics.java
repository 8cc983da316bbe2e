package io.semimoe.training.loop;

import java.util.List;

/**
 * What a batch tells about the state of the gates.
 *
 * @param pseudoForeground share of foreground in the segmentation gate's arg-max
 * @param gateWeights mean over the batch of the nine gate weights, gate by gate
 */
public record GateStatistics(double pseudoForeground, List<Double> gateWeights) {
  /** Copies the list. */
  public GateStatistics {
    gateWeights = List.copyOf(gateWeights);
  }
}
