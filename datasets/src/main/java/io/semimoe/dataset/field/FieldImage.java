package io.semimoe.dataset.field;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.semimoe.dataset.layout.Role;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image to cut fields from.
 *
 * @param name what its fields are named after; a name of its own, without separators
 * @param file the image
 * @param outlines the file of its outlines, where there is one
 * @param role what its outlined fields are for: labelled, validation or test. Only of images with
 *     labelled fields, or without outlines, there are unlabelled ones
 */
public record FieldImage(String name, Path file, Optional<Path> outlines, Role role) {
  /**
   * Checks the role.
   *
   * @throws IllegalArgumentException if it is one without masks
   */
  public FieldImage {
    requireNonNull(name);
    requireNonNull(file);
    requireNonNull(outlines);
    checkArgument(role.needsMask(), "expected a role with masks, found %s", role.text());
  }
}
