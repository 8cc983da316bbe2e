package io.semimoe.inference;

/** Which gate weights an image that is segmented by tiles is fused with. */
public enum Gates {
  /** Each tile is fused with its own. */
  TILE,
  /**
   * All tiles are fused with the mean of their weights, which leaves no seams where weights of
   * neighbours differ; near to, but not the same as, the weights of the image seen at once. The
   * mean is over at most {@value Segmenter#GATE_TILES} tiles, evenly spread, which are run first;
   * those that an eighth of Java's heap does not hold until all are known, at 63 bytes a pixel, are
   * run again. A model that does not give what its experts vote (the static one) is fused as with
   * {@link #TILE}.
   */
  IMAGE
}
