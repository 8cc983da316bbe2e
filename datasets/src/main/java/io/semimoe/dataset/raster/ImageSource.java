package io.semimoe.dataset.raster;

/** An image at hand as a source of regions. */
record ImageSource(RgbImage image) implements RgbSource {
  @Override
  public int width() {
    return image.width();
  }

  @Override
  public int height() {
    return image.height();
  }

  @Override
  public RgbImage region(int x, int y, int width, int height) {
    return image.crop(x, y, width, height);
  }
}
