package io.semimoe.training.loop;

import io.semimoe.loss.TaskValues;

/**
 * A batch and what its losses count for.
 *
 * @param inputs the batch
 * @param pseudoLabels whether pseudo-labels take the place of its targets
 * @param expertWeights weights of the losses of the experts, means over the batch
 * @param gateWeights weights of the losses of the gates, likewise
 */
record WeightedBatch(
    BatchInputs inputs, boolean pseudoLabels, TaskValues expertWeights, TaskValues gateWeights) {}
