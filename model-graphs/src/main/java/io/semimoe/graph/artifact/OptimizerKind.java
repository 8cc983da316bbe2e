package io.semimoe.graph.artifact;

/** The optimizers of the network's parameters. */
public enum OptimizerKind {
  /** Stochastic gradient descent with momentum and weight decay, as torch.optim.SGD. */
  SGD,
  /** Adam with decoupled weight decay (Loshchilov and Hutter 2019), as torch.optim.AdamW. */
  ADAMW
}
