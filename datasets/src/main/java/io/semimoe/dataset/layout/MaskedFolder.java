package io.semimoe.dataset.layout;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A folder of images and a folder of their masks. Image and mask have the same file name up to the
 * extension.
 *
 * @param images the folder of the images
 * @param masks the folder of the masks
 */
public record MaskedFolder(Path images, Path masks) {
  /** Checks that both are given. */
  public MaskedFolder {
    requireNonNull(images);
    requireNonNull(masks);
  }
}
