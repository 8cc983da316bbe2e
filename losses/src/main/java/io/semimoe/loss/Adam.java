package io.semimoe.loss;

/**
 * Adam (Kingma and Ba 2015) over three numbers, with β = (0.9, 0.999), ε = 1e-8 and L2 weight decay
 * added to the gradient, as torch.optim.Adam. Immutable; all of it is needed to resume.
 *
 * @param values the trained numbers
 * @param firstMoment running mean of the gradient
 * @param secondMoment running mean of the squared gradient
 * @param steps steps taken
 */
public record Adam(TaskValues values, TaskValues firstMoment, TaskValues secondMoment, long steps) {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  static Adam initial(TaskValues values) {
    TaskValues zero = new TaskValues(0, 0, 0);
    return new Adam(values, zero, zero, 0);
  }

  Adam step(TaskValues gradient, double learningRate, double weightDecay) {
    TaskValues g = gradient.plus(values.times(weightDecay));
    TaskValues m = firstMoment.times(BETA1).plus(g.times(1 - BETA1));
    TaskValues v = secondMoment.times(BETA2).plus(g.times(g).times(1 - BETA2));
    double correction1 = 1 - Math.pow(BETA1, (double) steps + 1);
    double correction2 = 1 - Math.pow(BETA2, (double) steps + 1);
    TaskValues scale = v.map(x -> 1 / (Math.sqrt(x / correction2) + EPSILON));
    TaskValues change = m.times(scale).times(-learningRate / correction1);
    return new Adam(values.plus(change), m, v, steps + 1);
  }
}
