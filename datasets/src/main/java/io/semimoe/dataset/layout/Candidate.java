package io.semimoe.dataset.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * An image that was found, before it is known what it is used for.
 *
 * @param name the file name without extension
 * @param image the image file
 * @param mask the mask file, where there is one
 * @param maskPlace where a mask was looked for, for messages
 */
record Candidate(String name, Path image, Optional<Path> mask, String maskPlace) {
  /** Makes a sample of it; a missing mask that the role needs becomes a problem instead. */
  Optional<Sample> as(Role role, String group, Problems problems) {
    if (!role.needsMask()) {
      return Optional.of(new Sample(name, image, Optional.empty(), role, group));
    }
    if (mask.isEmpty()) {
      problems.add(
          image
              + ": "
              + role.text()
              + " image without mask: expected one at "
              + maskPlace
              + " (png, bmp or tif), found none; add the mask or use the image unlabelled");
      return Optional.empty();
    }
    return Optional.of(new Sample(name, image, mask, role, group));
  }

  /**
   * Pairs the images and masks of two folders, in the order of the names. A mask without image
   * becomes a problem.
   */
  static List<Candidate> pair(
      NavigableMap<String, Path> images,
      NavigableMap<String, Path> masks,
      MaskedFolder folder,
      Problems problems) {
    for (Map.Entry<String, Path> mask : masks.entrySet()) {
      if (!images.containsKey(mask.getKey())) {
        problems.add(
            mask.getValue()
                + ": mask without image: expected an image named '"
                + mask.getKey()
                + "' in "
                + folder.images()
                + "; nearest names: "
                + NearestNames.of(mask.getKey(), images.keySet())
                + "; add the image or remove the mask");
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Map.Entry<String, Path> image : images.entrySet()) {
      candidates.add(
          new Candidate(
              image.getKey(),
              image.getValue(),
              Optional.ofNullable(masks.get(image.getKey())),
              folder.masks() + "/" + image.getKey() + ".*"));
    }
    return candidates;
  }
}
