package io.semimoe.graph.gradient;

/** Adds the backward of one operator to the graph. */
@FunctionalInterface
interface GradientRule {

  /** Contributes to the gradients of those inputs of the node that need one. */
  void apply(Backward node);
}
