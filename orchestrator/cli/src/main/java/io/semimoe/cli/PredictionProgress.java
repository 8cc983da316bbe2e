package io.semimoe.cli;

import io.semimoe.inference.Progress;
import me.tongfei.progressbar.ProgressBar;

/**
 * A bar for a terminal that somebody watches: of images, or of the tiles of a single image.
 * Elsewhere it does nothing. May be told by several threads.
 */
final class PredictionProgress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final int images;
  private final boolean watched;
  private ProgressBar bar;

  /** A bar for so many images. */
  PredictionProgress(int images, boolean watched) {
    this.images = images;
    this.watched = watched;
  }

  /** Listens to one image. */
  Progress ofImage() {
    return images == 1 ? this::stepTo : Progress.NONE;
  }

  /** Told after each image, bad ones too. */
  void imagesDone(int done) {
    if (images > 1) {
      stepTo(done, images);
    }
  }

  /** Makes room for a line of text on the terminal. */
  synchronized void clear() {
    if (bar != null) {
      System.err.print(CLEAR_LINE);
      System.err.flush();
    }
  }

  private synchronized void stepTo(long done, long all) {
    if (!watched) {
      return;
    }
    if (bar == null) {
      bar = ConsoleBar.of(images == 1 ? "tiles" : "images", all);
    }
    bar.stepTo(done);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
