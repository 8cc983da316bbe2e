package io.semimoe.inference;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.RgbImage;
import java.util.Optional;

/**
 * What the experts vote on an image, each by itself, and how the gates would weigh it. Holds 63
 * bytes a pixel, those of the image included.
 */
final class ExpertVotes {
  /** Channels of one expert: background and gland, distance, no boundary and boundary. */
  private static final int CHANNELS = 5;

  private static final int EXPERTS = 3;

  private static final int COLOURS = 3;

  private final RgbImage image;
  private final float[] logits;
  private final GateWeights gateWeights;

  /**
   * Wraps the outputs of a run.
   *
   * @param image what the model was run on
   * @param logits float32 [15, height, width], five channels of each expert in turn; not copied
   * @param gateWeights the gates' weights for this image
   */
  ExpertVotes(RgbImage image, float[] logits, GateWeights gateWeights) {
    this.image = image;
    this.logits = logits;
    this.gateWeights = gateWeights;
  }

  /** Bytes that the votes on a square tile take, the tile included. */
  static long bytes(int tile) {
    return (long) (COLOURS + Float.BYTES * EXPERTS * CHANNELS) * tile * tile;
  }

  /** The image. */
  RgbImage image() {
    return image;
  }

  /** The gates' weights for this image. */
  GateWeights gateWeights() {
    return gateWeights;
  }

  /**
   * Fuses the votes with given gate weights, as the model itself does with those of the image:
   * logits = Σ_k p_k · logits_k for each task, then softmax or tanh.
   */
  TileMaps fuse(GateWeights weights) {
    int width = image.width();
    int height = image.height();
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
