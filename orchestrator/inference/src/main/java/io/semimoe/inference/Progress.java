package io.semimoe.inference;

/** Told how far the segmentation of an image is. */
@FunctionalInterface
public interface Progress {
  /** Listens to nothing. */
  Progress NONE = (done, all) -> {};

  /** Called by the thread that segments, after each tile. */
  void tilesDone(long done, long all);
}
