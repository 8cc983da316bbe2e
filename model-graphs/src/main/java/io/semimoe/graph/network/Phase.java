package io.semimoe.graph.network;

import io.semimoe.graph.Value;

/** What a network is built for: how it normalises, upsamples and averages maps. */
sealed interface Phase permits TrainingPhase, InferencePhase {
  /** Returns x [N, C, H, W] after the batch normalisation {@code name}. */
  Value normalized(Value x, String name);

  /** Returns the 3 × 3 convolution [N, M, 2H, 2W] of x [N, C, H, W] upsampled by 2. */
  Value upConvolution(Value x, Value weight);

  /** Returns the means [N, C, 1, 1] of x [N, C, H, W] over height and width. */
  Value averaged(Value x);
}
