package io.semimoe.inference;

import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.io.IOException;

/** An image that tells where it is read. */
record ObservedSource(RgbImage image, Listener listener) implements RgbSource {
  /** Told of each region before it is read. */
  @FunctionalInterface
  interface Listener {
    void reads(int x, int y);
  }

  @Override
  public int width() {
    return image.width();
  }

  @Override
  public int height() {
    return image.height();
  }

  @Override
  public RgbImage region(int x, int y, int width, int height) throws IOException {
    listener.reads(x, y);
    return image.crop(x, y, width, height);
  }
}
