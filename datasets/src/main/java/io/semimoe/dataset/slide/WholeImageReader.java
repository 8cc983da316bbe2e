package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Path;

/** Reads rectangles of an image that has to be decoded as a whole; it does so once. */
final class WholeImageReader implements PixelReader {
  private final Path file;
  private final long maxPixels;
  private RgbImage image;

  WholeImageReader(Path file, long maxPixels) {
    this.file = file;
    this.maxPixels = maxPixels;
  }

  @Override
  public RgbImage region(int x, int y, int width, int height) throws DataException {
    return image().crop(x, y, width, height);
  }

  private synchronized RgbImage image() throws DataException {
    if (image == null) {
      image = ImageFiles.readRgb(file, maxPixels);
    }
    return image;
  }
}
