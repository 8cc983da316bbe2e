package io.semimoe.training.configuration;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Plain folders of images and masks, for {@link DataSettings.Layout#FOLDERS}. Image and mask have
 * the same file name; the extensions may differ.
 *
 * @param labelledImages images with masks
 * @param labelledMasks their masks
 * @param unlabelledImages images without masks
 * @param validationImages images that choose the checkpoint
 * @param validationMasks their masks
 * @param testImages images that are only evaluated
 * @param testMasks their masks
 */
public record FolderSettings(
    Optional<Path> labelledImages,
    Optional<Path> labelledMasks,
    Optional<Path> unlabelledImages,
    Optional<Path> validationImages,
    Optional<Path> validationMasks,
    Optional<Path> testImages,
    Optional<Path> testMasks) {

  /**
   * Checks that images and masks come in pairs.
   *
   * @throws ConfigurationException if a folder of images has no folder of masks, or the reverse
   */
  public FolderSettings {
    requirePair("labelled", labelledImages, labelledMasks);
    requirePair("validation", validationImages, validationMasks);
    requirePair("test", testImages, testMasks);
  }

  private static void requirePair(String role, Optional<Path> images, Optional<Path> masks) {
    if (images.isPresent() != masks.isPresent()) {
      String given = role + (images.isPresent() ? "Images" : "Masks");
      String missing = role + (images.isPresent() ? "Masks" : "Images");
      throw new ConfigurationException(
          missing + ": expected a folder, since " + given + " is given, found nothing");
    }
  }
}
