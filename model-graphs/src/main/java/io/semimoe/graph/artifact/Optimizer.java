package io.semimoe.graph.artifact;

/** An optimizer of the network's parameters, with its constants. */
public sealed interface Optimizer {
  /** Returns how many moments it keeps of each parameter. */
  int moments();

  /**
   * Stochastic gradient descent with momentum, as torch.optim.SGD without dampening: v ← μ·v + wd·w
   * + g, w ← w − lr·v.
   *
   * @param momentum μ, in [0, 1)
   * @param weightDecay wd, part of the gradient
   */
  record Sgd(double momentum, double weightDecay) implements Optimizer {
    @Override
    public int moments() {
      return 1;
    }
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter 2019), as torch.optim.AdamW.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the denominator
   * @param weightDecay decoupled weight decay, multiplied by the learning rate
   */
  record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
      implements Optimizer {
    @Override
    public int moments() {
      return 2;
    }
  }
}
