package io.semimoe.dataset.raster;

/** Which pixels count as neighbours. */
public enum Connectivity {
  /** The four pixels that share an edge. */
  FOUR,
  /** The eight pixels that share an edge or a corner. */
  EIGHT
}
