package io.semimoe.dataset.layout;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One image of a data set.
 *
 * @param name the file name without extension, in Unicode composed form (NFC)
 * @param image the image file
 * @param mask the mask file; empty for unlabelled images, even where a mask exists
 * @param role what the image is used for
 * @param group what is reported together: {@code "train"}, {@code "validation"}, {@code "test"},
 *     or, for the two test parts of GlaS, {@code "testA"} and {@code "testB"}
 */
public record Sample(String name, Path image, Optional<Path> mask, Role role, String group) {
  /**
   * Checks that the mask is there exactly if the role needs one.
   *
   * @throws IllegalArgumentException if it is not
   */
  public Sample {
    requireNonNull(name);
    requireNonNull(image);
    requireNonNull(group);
    checkArgument(
        mask.isPresent() == role.needsMask(),
        "%s: role %s, expected %s mask, found %s",
        name,
        role.text(),
        role.needsMask() ? "a" : "no",
        mask);
  }
}
