package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;

/**
 * A synthetic image with its truth.
 *
 * @param image the picture
 * @param instances 0 outside glands, 1, 2, ... in the glands; two glands may touch, and then share
 *     a wall without background in between
 */
public record SyntheticImage(RgbImage image, LabelMap instances) {}
