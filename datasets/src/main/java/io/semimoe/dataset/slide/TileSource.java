package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;

/** Gives the decoded pieces of one level; for several threads at once. */
@FunctionalInterface
interface TileSource {
  /** One piece in full, also where it reaches beyond the image. */
  RgbImage tile(int column, int row) throws DataException;
}
