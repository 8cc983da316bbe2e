package io.semimoe.dataset.target;

import io.semimoe.dataset.raster.DistanceTransform;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;

/**
 * The signed distance field of a mask, positive inside: {@code d_in / max(d_in) − d_out /
 * max(d_out)} with the exact Euclidean distances d_in of foreground pixels to what is not their
 * region and d_out of background pixels to the foreground.
 */
public final class SignedDistanceField {
  private SignedDistanceField() {}

  /**
   * The field of all objects. Foreground pixels with a pixel of another region among their four
   * neighbours are 0; the image border is no boundary. A map that is all one region gives +1
   * throughout, one without foreground −1.
   *
   * @param map an instance map; for {@link TargetMode#UNION} a mask is as good
   * @param mode whether d_in is the distance to the background, or to the nearest pixel that is not
   *     the same object's
   * @return values in [−1, 1]
   * @throws IllegalArgumentException if a side is longer than 16383 pixels
   */
  public static FloatMap of(LabelMap map, TargetMode mode) {
    LabelMap regions =
        switch (mode) {
          case UNION -> map.foreground();
          case INSTANCES -> map;
        };
    int[] labels = regions.labels();
    int[] squared = DistanceTransform.squaredToOther(regions);
    float[] out = new float[labels.length];
    if (squared[0] == DistanceTransform.NONE) {
      Arrays.fill(out, labels[0] != 0 ? 1 : -1);
      return new FloatMap(map.width(), map.height(), out);
    }
    int squaredInside = 0;
    int squaredOutside = 0;
    for (int i = 0; i < out.length; i++) {
      if (labels[i] == 0) {
        squaredOutside = Math.max(squaredOutside, squared[i]);
      } else {
        squaredInside = Math.max(squaredInside, squared[i]);
      }
    }
    double maxInside = Math.sqrt(squaredInside);
    double maxOutside = Math.sqrt(squaredOutside);
    for (int i = 0; i < out.length; i++) {
      if (labels[i] == 0) {
        out[i] = (float) -(Math.sqrt(squared[i]) / maxOutside);
      } else if (squared[i] > 1) {
        // A squared distance of 1 means another region among the four neighbours: stays 0.
        out[i] = (float) (Math.sqrt(squared[i]) / maxInside);
      }
    }
    return new FloatMap(map.width(), map.height(), out);
  }
}
