package io.semimoe.dataset.augment;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.Dihedral;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import java.util.Optional;

/**
 * The paper's augmentation of square images: with a given probability a random crop of 7/8 of the
 * side (224 of 256 pixels), every position equally likely, resized back (image bilinear, mask
 * nearest); then one of the eight symmetries of the square, all equally likely.
 */
public final class CropAndDihedral implements Augmentation {
  /** The paper's probability of a crop. */
  private static final double CROP_PROBABILITY = 0.5;

  private static final Dihedral[] SYMMETRIES = Dihedral.values();

  private final double cropProbability;

  /** Creates the augmentation with the paper's probability of a crop. */
  public CropAndDihedral() {
    this(CROP_PROBABILITY);
  }

  /**
   * Creates the augmentation.
   *
   * @param cropProbability the probability of a crop, 0 to 1
   * @throws IllegalArgumentException if it is no probability
   */
  CropAndDihedral(double cropProbability) {
    checkArgument(
        cropProbability >= 0 && cropProbability <= 1,
        "cropProbability: expected 0 to 1, found %s",
        cropProbability);
    this.cropProbability = cropProbability;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the image is not square
   */
  @Override
  public ImageAndMask apply(ImageAndMask original, SeededRandom random) {
    RgbImage image = original.image();
    int size = image.width();
    checkArgument(
        size == image.height(),
        "image: expected a square, found %s x %s pixels",
        size,
        image.height());
    Optional<LabelMap> mask = original.mask();
    if (random.chance(cropProbability)) {
      int side = Math.max(1, size * 7 / 8);
      int x = random.nextInt(size - side + 1);
      int y = random.nextInt(size - side + 1);
      image = Resize.bilinear(image.crop(x, y, side, side), size, size);
      mask = mask.map(labels -> Resize.nearest(labels.crop(x, y, side, side), size, size));
    }
    Dihedral symmetry = SYMMETRIES[random.nextInt(SYMMETRIES.length)];
    return new ImageAndMask(symmetry.apply(image), mask.map(symmetry::apply));
  }
}
