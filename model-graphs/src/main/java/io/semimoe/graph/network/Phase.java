package io.semimoe.graph.network;

/** What a network is built for. */
enum Phase {
  /** Batch normalisation uses the batch and updates its running statistics; dropout is active. */
  TRAINING,
  /** Batch normalisation uses the running statistics; no dropout. */
  INFERENCE
}
