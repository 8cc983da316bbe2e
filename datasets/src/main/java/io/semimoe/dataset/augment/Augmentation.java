package io.semimoe.dataset.augment;

import io.semimoe.dataset.random.SeededRandom;

/**
 * A random change of a training image, and of its mask in the same way. Implementations are
 * stateless, so that several threads may share one: the result is a function of the arguments.
 */
@FunctionalInterface
public interface Augmentation {
  /**
   * Returns the changed image and mask, of the same size as before; the argument stays as it is.
   *
   * @param original the image, with its mask if it is labelled
   * @param random the only source of chance
   */
  ImageAndMask apply(ImageAndMask original, SeededRandom random);

  /** Returns this augmentation followed by {@code next}, which draws on from the same stream. */
  default Augmentation then(Augmentation next) {
    return (original, random) -> next.apply(apply(original, random), random);
  }

  /** Returns the augmentation that changes nothing. */
  static Augmentation none() {
    return (original, random) -> original;
  }
}
