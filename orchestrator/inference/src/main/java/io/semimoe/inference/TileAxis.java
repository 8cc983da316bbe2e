package io.semimoe.inference;

/**
 * How one side of an image is covered by overlapping tiles, and how they are blended: each tile
 * weighs 1 in its middle and falls to 0 towards a neighbour, linearly over the middle fifth of what
 * they share. The rest of it, where the convolutions of one of the two have seen the padding,
 * weighs nothing there; the weights of all tiles sum to 1 in every pixel.
 */
final class TileAxis {
  private final int length;
  private final int tile;
  private final int[] starts;

  private TileAxis(int length, int tile, int[] starts) {
    this.length = length;
    this.tile = tile;
    this.starts = starts;
  }

  /**
   * Covers a side with the fewest tiles that share at least {@code overlap} pixels with their
   * neighbours, nearly evenly spaced. All start at multiples of {@code step}, so that max-pooling
   * groups the same pixels in each of them; the last one may therefore reach beyond the side by
   * less than a step. A side that is not longer than a tile has one, at 0.
   *
   * @param step at most {@code tile - overlap}
   */
  static TileAxis of(int length, int tile, int overlap, int step) {
    if (length <= tile) {
      return new TileAxis(length, tile, new int[1]);
    }
    int stride = (tile - overlap) / step;
    int steps = (length - tile + step - 1) / step;
    int gaps = (steps + stride - 1) / stride;
    int[] starts = new int[gaps + 1];
    for (int i = 0; i <= gaps; i++) {
      starts[i] = (int) ((long) steps * i / gaps) * step;
    }
    return new TileAxis(length, tile, starts);
  }

  /** Number of tiles. */
  int count() {
    return starts.length;
  }

  /** First pixel of a tile; one past the last tile, the length of the side. */
  int start(int index) {
    return index < starts.length ? starts[index] : length;
  }

  /** Weight of a tile at each of its pixels, {@code float32 [tile]}. */
  float[] weights(int index) {
    float[] weights = new float[tile];
    for (int i = 0; i < tile; i++) {
      double fromBefore = index == 0 ? 1 : rise(starts[index - 1] + tile - starts[index], i);
      double toNext =
          index == starts.length - 1
              ? 0
              : rise(
                  starts[index] + tile - starts[index + 1], starts[index] + i - starts[index + 1]);
      weights[i] = (float) (fromBefore - toNext);
    }
    return weights;
  }

  /** Rises from 0 to 1 in the middle fifth of the first {@code shared} pixels of a tile. */
  private static double rise(int shared, int position) {
    double margin = 0.4 * shared;
    return Math.max(0, Math.min(1, (position + 0.5 - margin) / (shared - 2 * margin)));
  }
}
