package io.semimoe.dataset.batch;

import io.semimoe.dataset.raster.LabelMap;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A deflated label map: objects are large areas of one number, of which a fortieth of a byte a
 * pixel remains. Labels are renumbered 1, 2, ... in their order.
 */
final class CompactLabels {
  private final int width;
  private final int height;
  private final boolean wide;
  private final byte[] deflated;

  /**
   * Packs a label map.
   *
   * @throws IllegalArgumentException if there are more than 65535 labels
   */
  CompactLabels(LabelMap map) {
    width = map.width();
    height = map.height();
    int[] ids = map.distinctLabels();
    if (ids.length > LabelMap.LARGEST_OF_16_BITS) {
      throw new IllegalArgumentException(
          "label map: expected at most "
              + LabelMap.LARGEST_OF_16_BITS
              + " objects, found "
              + ids.length);
    }
    wide = ids.length > 0xFF;
    int[] labels = map.labels();
    byte[] planes = new byte[length()];
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] == 0 ? 0 : Arrays.binarySearch(ids, labels[i]) + 1;
      planes[i] = (byte) label;
      if (wide) {
        planes[labels.length + i] = (byte) (label >> 8);
      }
    }
    deflated = deflated(planes);
  }

  /** Length of the plane of lower bytes and, where there are many labels, that of upper ones. */
  private int length() {
    return width * height * (wide ? 2 : 1);
  }

  /** Returns the label map, renumbered. */
  LabelMap unpack() {
    byte[] planes = inflated();
    int[] labels = new int[width * height];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (planes[i] & 0xFF) | (wide ? (planes[labels.length + i] & 0xFF) << 8 : 0);
    }
    return new LabelMap(width, height, labels);
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private byte[] inflated() {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      byte[] bytes = new byte[length()];
      int count = 0;
      while (count < bytes.length) {
        count += inflater.inflate(bytes, count, bytes.length - count);
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IllegalStateException("what was deflated cannot be inflated", e);
    } finally {
      inflater.end();
    }
  }
}
