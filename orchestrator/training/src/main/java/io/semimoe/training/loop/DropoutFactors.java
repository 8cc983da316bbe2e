package io.semimoe.training.loop;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.training.artifact.TrainingDesign;

/** Draws the dropout of the gates: a function of seed, epoch, iteration and pass alone. */
record DropoutFactors(TrainingDesign design, long seed) {

  /** Returns 0 for each dropped unit, 1/(1 − rate) for each kept one; empty without dropout. */
  float[] draw(int epoch, int iteration, boolean labelled) {
    if (design.dropout() == 0) {
      return new float[0];
    }
    SeededRandom random =
        SeededRandom.of(
            seed, labelled ? "labelled-dropout" : "unlabelled-dropout", epoch, iteration);
    float[] factors = new float[design.network().batch() * 3 * design.network().gateUnits()];
    float kept = (float) (1 / (1 - design.dropout()));
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random.chance(design.dropout()) ? 0 : kept;
    }
    return factors;
  }
}
