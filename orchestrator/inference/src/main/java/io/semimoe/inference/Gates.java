package io.semimoe.inference;

/** Which gate weights an image that is segmented by tiles is fused with. */
public enum Gates {
  /** Each tile is fused with its own. */
  TILE,
  /**
   * All tiles are fused with the mean of their weights, as if the image had been seen at once. The
   * mean is over at most {@value Segmenter#GATE_TILES} tiles, evenly spread, each of which is run
   * twice. Needs a model that gives what its experts vote (the dynamic one).
   */
  IMAGE
}
