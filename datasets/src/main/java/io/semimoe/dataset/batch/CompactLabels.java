package io.semimoe.dataset.batch;

import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;

/**
 * A label map in one byte a pixel, or two where there are more than 255 labels. Labels are
 * renumbered 1, 2, ... in their order.
 */
final class CompactLabels {
  private static final int MOST = 0xFFFF;

  private final int width;
  private final int height;
  private final byte[] low;
  private final byte[] high;

  /**
   * Packs a label map.
   *
   * @throws IllegalArgumentException if there are more than 65535 labels
   */
  CompactLabels(LabelMap map) {
    width = map.width();
    height = map.height();
    int[] ids = map.distinctLabels();
    if (ids.length > MOST) {
      throw new IllegalArgumentException(
          "label map: expected at most " + MOST + " objects, found " + ids.length);
    }
    int[] labels = map.labels();
    low = new byte[labels.length];
    high = ids.length > 0xFF ? new byte[labels.length] : new byte[0];
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] == 0 ? 0 : Arrays.binarySearch(ids, labels[i]) + 1;
      low[i] = (byte) label;
      if (high.length > 0) {
        high[i] = (byte) (label >> 8);
      }
    }
  }

  /** Returns the label map, renumbered. */
  LabelMap unpack() {
    int[] labels = new int[low.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (low[i] & 0xFF) | (high.length > 0 ? (high[i] & 0xFF) << 8 : 0);
    }
    return new LabelMap(width, height, labels);
  }
}
