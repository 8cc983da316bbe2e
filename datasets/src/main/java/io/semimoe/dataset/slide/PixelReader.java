package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;

/** Reads rectangles, already known to lie within the image, of one level. */
interface PixelReader {
  RgbImage region(int x, int y, int width, int height) throws DataException;
}
