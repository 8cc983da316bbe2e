package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;

/** Puts rectangles together from the pieces that they touch. */
record TileReader(TileGrid grid, TileSource tiles) implements PixelReader {
  @Override
  public RgbImage region(int x, int y, int width, int height) throws DataException {
    int tileWidth = grid.tileWidth();
    int tileHeight = grid.tileHeight();
    byte[] out = new byte[width * height * 3];
    for (int row = y / tileHeight; row <= (y + height - 1) / tileHeight; row++) {
      for (int column = x / tileWidth; column <= (x + width - 1) / tileWidth; column++) {
        RgbImage tile = tiles.tile(column, row);
        int left = Math.max(x, column * tileWidth);
        int right = Math.min(x + width, column * tileWidth + tile.width());
        int top = Math.max(y, row * tileHeight);
        int bottom = Math.min(y + height, row * tileHeight + tile.height());
        for (int line = top; line < bottom; line++) {
          int from = (line - row * tileHeight) * tile.width() + left - column * tileWidth;
          int to = (line - y) * width + left - x;
          System.arraycopy(tile.rgb(), from * 3, out, to * 3, (right - left) * 3);
        }
      }
    }
    return new RgbImage(width, height, out);
  }
}
