package io.semimoe.inference;

import io.semimoe.dataset.raster.FloatMap;
import java.util.Optional;

/**
 * Fuses what the experts vote with given gate weights, as the model itself does with those of the
 * tile: logits = Σ_k p_k · logits_k for each task, then softmax or tanh.
 */
final class ExpertFusion {
  /** Channels of one expert: background and gland, distance, no boundary and boundary. */
  private static final int CHANNELS = 5;

  private static final int EXPERTS = 3;

  private ExpertFusion() {}

  /**
   * Fuses a tile.
   *
   * @param logits float32 [15, H, W], five channels of each expert in turn
   */
  static TileMaps fuse(float[] logits, int width, int height, GateWeights weights) {
    int pixels = width * height;
    float[] probability = new float[pixels];
    float[] distance = new float[pixels];
    float[] boundary = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      double foreground = 0;
      double field = 0;
      double edge = 0;
      for (int k = 0; k < EXPERTS; k++) {
        int at = k * CHANNELS * pixels + i;
        foreground += weights.weight(0, k) * (logits[at + pixels] - logits[at]);
        field += weights.weight(1, k) * logits[at + 2 * pixels];
        edge += weights.weight(2, k) * (logits[at + 4 * pixels] - logits[at + 3 * pixels]);
      }
      probability[i] = (float) (1 / (1 + Math.exp(-foreground)));
      distance[i] = (float) Math.tanh(field);
      boundary[i] = (float) (1 / (1 + Math.exp(-edge)));
    }
    return new TileMaps(
        new FloatMap(width, height, probability),
        Optional.of(new FloatMap(width, height, distance)),
        Optional.of(new FloatMap(width, height, boundary)),
        Optional.of(weights));
  }
}
