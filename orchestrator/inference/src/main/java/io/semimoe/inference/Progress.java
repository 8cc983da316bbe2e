package io.semimoe.inference;

/**
 * Told how far the segmentation of an image is. It may also stop it: what it throws, for example a
 * {@link java.util.concurrent.CancellationException}, ends the segmentation and comes out of {@code
 * segment} as it is. An interrupt of the thread does not. A tile counts once all is run that it
 * takes: its mirror images too, and the second time if it is {@linkplain Gates#IMAGE run twice}.
 */
@FunctionalInterface
public interface Progress {
  /** Listens to nothing. */
  Progress NONE = (done, all) -> {};

  /**
   * Called by the thread that segments, after each tile.
   *
   * @param done tiles run, 1 to {@code all}
   * @param all tiles of the image; 1 for {@link ModelDescription.Prediction#RESIZE}, told after the
   *     run
   */
  void tilesDone(long done, long all);
}
