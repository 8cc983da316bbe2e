package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the pieces of a file that were used last, of all levels together. Rectangles side by side
 * touch the same pieces: all of them the same strips, which are as wide as the image.
 *
 * <p>May be used by several threads at once. They do not wait for each other's decoding, so that a
 * piece may be decoded twice if two threads want it at the same time.
 */
final class TileCache {
  /** 3 bytes each: 96 MiB; the strips under a row of rectangles of 384 rows and 87 000 columns. */
  private static final long MOST_PIXELS = 1L << 25;

  /** Share of the memory that Java may take. */
  private static final int MEMORY_SHARE = 8;

  private final long mostPixels;
  private final Map<Place, RgbImage> tiles = new LinkedHashMap<>(16, 0.75f, true);
  private long pixels;

  private record Place(TileSource level, int column, int row) {}

  /** Keeps at most so many pixels; a piece of more is not kept. */
  TileCache(long mostPixels) {
    this.mostPixels = mostPixels;
  }

  /** Keeps at most 32 Mi pixels, and takes at most an eighth of Java's memory. */
  TileCache() {
    this(Math.min(MOST_PIXELS, Runtime.getRuntime().maxMemory() / MEMORY_SHARE / 3));
  }

  /** The pieces of a level by way of this cache. */
  TileSource over(TileSource level) {
    return (column, row) -> tile(new Place(level, column, row));
  }

  private RgbImage tile(Place place) throws DataException {
    Optional<RgbImage> kept = kept(place);
    if (kept.isPresent()) {
      return kept.get();
    }
    RgbImage tile = place.level().tile(place.column(), place.row());
    keep(place, tile);
    return tile;
  }

  private synchronized Optional<RgbImage> kept(Place place) {
    return Optional.ofNullable(tiles.get(place));
  }

  private synchronized void keep(Place place, RgbImage tile) {
    if (pixels(tile) > mostPixels || tiles.putIfAbsent(place, tile) != null) {
      return;
    }
    pixels += pixels(tile);
    Iterator<RgbImage> oldest = tiles.values().iterator();
    while (pixels > mostPixels) {
      pixels -= pixels(oldest.next());
      oldest.remove();
    }
  }

  private static long pixels(RgbImage tile) {
    return (long) tile.width() * tile.height();
  }
}
