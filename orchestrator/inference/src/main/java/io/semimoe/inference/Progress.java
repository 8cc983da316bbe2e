package io.semimoe.inference;

/**
 * Told how far the segmentation of an image is. It may also stop it: what it throws, for example a
 * {@link java.util.concurrent.CancellationException}, ends the segmentation and comes out of {@code
 * segment} as it is. An interrupt of the thread does not. With {@link Gates#IMAGE} up to 16 tiles
 * are run for their weights before the first call.
 */
@FunctionalInterface
public interface Progress {
  /** Listens to nothing. */
  Progress NONE = (done, all) -> {};

  /** Called by the thread that segments, after each tile. */
  void tilesDone(long done, long all);
}
