package io.semimoe.training.loop;

import io.semimoe.loss.SemiMoeObjective;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pass tells about the state of the gates.
 *
 * @param pseudoForeground share of foreground in the segmentation gate's arg-max
 * @param gateWeights mean over the batch of the nine gate weights, gate by gate
 */
record PassStatistics(double pseudoForeground, List<Double> gateWeights) {
  private static final int WEIGHTS = 9;

  static PassStatistics of(NetworkTrainer.Pass pass) {
    float[] all = pass.outputs().floats(SemiMoeObjective.GATE_WEIGHTS);
    int batch = all.length / WEIGHTS;
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < WEIGHTS; i++) {
      double sum = 0;
      for (int n = 0; n < batch; n++) {
        sum += all[n * WEIGHTS + i];
      }
      means.add(sum / batch);
    }
    return new PassStatistics(pass.outputs().scalar(SemiMoeObjective.PSEUDO_FOREGROUND), means);
  }
}
