package io.semimoe.verification;

import io.semimoe.graph.artifact.Optimizer;

/**
 * AdamW (Loshchilov and Hutter 2019) over one tensor in double, as torch.optim.AdamW defines it:
 * with t counted from 1,
 *
 * <pre>
 * m = β1·m + (1 − β1)·g        v = β2·v + (1 − β2)·g²
 * p = p − lr·decay·p − lr · m/(1 − β1^t) / (√(v/(1 − β2^t)) + ε)
 * </pre>
 */
final class AdamWFormula {
  private final Optimizer.AdamW constants;
  private final double learningRate;
  private final double[] firstMoment;
  private final double[] secondMoment;
  private int steps;

  AdamWFormula(Optimizer.AdamW constants, double learningRate, int size) {
    this.constants = constants;
    this.learningRate = learningRate;
    this.firstMoment = new double[size];
    this.secondMoment = new double[size];
  }

  /** Returns the parameters after a step from {@code parameters}. */
  double[] step(float[] parameters, float[] gradient) {
    steps++;
    double correction1 = 1 - Math.pow(constants.beta1(), steps);
    double correction2 = 1 - Math.pow(constants.beta2(), steps);
    double[] result = new double[parameters.length];
    for (int i = 0; i < result.length; i++) {
      double g = gradient[i];
      firstMoment[i] = constants.beta1() * firstMoment[i] + (1 - constants.beta1()) * g;
      secondMoment[i] = constants.beta2() * secondMoment[i] + (1 - constants.beta2()) * g * g;
      double root = Math.sqrt(secondMoment[i] / correction2) + constants.epsilon();
      result[i] =
          parameters[i]
              - learningRate * constants.weightDecay() * parameters[i]
              - learningRate * firstMoment[i] / correction1 / root;
    }
    return result;
  }
}
