package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.io.IOException;

/** One level of an open file as a source of regions. */
record LevelSource(SlideFile file, int level) implements RgbSource {
  @Override
  public int width() {
    return file.levels().get(level).width();
  }

  @Override
  public int height() {
    return file.levels().get(level).height();
  }

  @Override
  public RgbImage region(int x, int y, int width, int height) throws IOException {
    try {
      return file.region(level, x, y, width, height);
    } catch (DataException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
