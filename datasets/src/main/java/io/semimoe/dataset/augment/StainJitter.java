package io.semimoe.dataset.augment;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.RgbImage;

/**
 * Other amounts of stain, as another laboratory might have used: the amounts of haematoxylin, eosin
 * and DAB of all pixels become c′ = a·c + b, with a from [1 − s, 1 + s) and b from [−s, s), uniform
 * and drawn anew for each stain and image. The mask stays as it is.
 *
 * <p>This is the augmentation in HED space of Tellez et al., "Whole-slide mitosis detection in
 * H&amp;E breast histology using PHH3 as a reference to train distilled stain-invariant
 * convolutional networks", 2018, and "Quantifying the effects of data augmentation and stain color
 * normalization in convolutional neural networks for computational pathology", 2019, with their s =
 * 0.05 ("HED-light") and 0.2 ("HED-strong"). Stains are those of Ruifrok and Johnston, 2001.
 *
 * <p>Amounts, and so b, are in natural logarithms, see {@link StainChange}; what that means beside
 * the scales of others is in {@code docs/configuration.md}, "Stains". White stays white but for the
 * shifts: every sample of it is at least 256·exp(−2.26·s) − 1.
 */
public final class StainJitter implements Augmentation {
  private final double strength;

  /**
   * Creates the augmentation.
   *
   * @param strength s, at least 0 (which changes nothing) and below 1
   * @throws IllegalArgumentException if it is out of this range
   */
  public StainJitter(double strength) {
    checkArgument(
        strength >= 0 && strength < 1,
        "strength: expected at least 0 and below 1, found %s",
        strength);
    this.strength = strength;
  }

  @Override
  public ImageAndMask apply(ImageAndMask original, SeededRandom random) {
    double[] factors = new double[StainChange.STAINS];
    double[] shifts = new double[StainChange.STAINS];
    for (int stain = 0; stain < StainChange.STAINS; stain++) {
      factors[stain] = random.between(1 - strength, 1 + strength);
      shifts[stain] = random.between(-strength, strength);
    }
    RgbImage changed = new StainChange(factors, shifts).apply(original.image());
    return new ImageAndMask(changed, original.mask());
  }
}
