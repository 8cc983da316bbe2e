package io.semimoe.dataset.target;

import io.semimoe.dataset.raster.DistanceTransform;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;

/**
 * The signed distance field of a mask, positive inside: {@code d_in / max(d_in) − d_out /
 * max(d_out)} with the exact Euclidean distances d_in of foreground pixels to the background and
 * d_out of background pixels to the foreground.
 */
public final class SignedDistanceField {
  private SignedDistanceField() {}

  /**
   * The field of the union of all objects. Foreground pixels with a background pixel among their
   * four neighbours are 0; the image border is no boundary. All foreground gives +1 throughout, no
   * foreground −1.
   *
   * @return values in [−1, 1]
   * @throws IllegalArgumentException if a side is longer than 16383 pixels
   */
  public static FloatMap of(LabelMap map) {
    int[] labels = map.labels();
    int[] inside = DistanceTransform.squaredToBackground(map);
    int[] outside = DistanceTransform.squaredToForeground(map);
    float[] out = new float[labels.length];
    if (inside[0] == DistanceTransform.NONE || outside[0] == DistanceTransform.NONE) {
      Arrays.fill(out, labels[0] != 0 ? 1 : -1);
      return new FloatMap(map.width(), map.height(), out);
    }
    double maxInside = Math.sqrt(max(inside));
    double maxOutside = Math.sqrt(max(outside));
    for (int i = 0; i < out.length; i++) {
      if (labels[i] == 0) {
        out[i] = (float) -(Math.sqrt(outside[i]) / maxOutside);
      } else if (inside[i] > 1) {
        // A squared distance of 1 means a background pixel among the four neighbours: stays 0.
        out[i] = (float) (Math.sqrt(inside[i]) / maxInside);
      }
    }
    return new FloatMap(map.width(), map.height(), out);
  }

  private static int max(int[] values) {
    int max = 0;
    for (int value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
