package io.semimoe.dataset.augment;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.util.Optional;

/**
 * An image and, if it is labelled, its mask of the same size.
 *
 * @param image the image
 * @param mask its labels, 0 = background
 */
public record ImageAndMask(RgbImage image, Optional<LabelMap> mask) {
  /**
   * Checks that the sizes agree.
   *
   * @throws IllegalArgumentException if the mask has another size than the image
   */
  public ImageAndMask {
    if (mask.isPresent()) {
      LabelMap labels = mask.get();
      checkArgument(
          labels.width() == image.width() && labels.height() == image.height(),
          "mask: expected the image's %s x %s pixels, found %s x %s",
          image.width(),
          image.height(),
          labels.width(),
          labels.height());
    }
  }
}
