package io.semimoe.dataset.field;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

import io.semimoe.dataset.outline.Outline;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which fields to cut.
 *
 * @param size height and width of the fields in pixels, at least 1; without it each image is one
 *     field, at its own size
 * @param micronsPerPixel side of a pixel of the fields in µm, to which images are scaled; without
 *     it they keep their own
 * @param imageMicronsPerPixel side of a pixel of the images in µm, in place of what their files say
 * @param classes the classes of outlines that are glands, an empty text for outlines without one;
 *     if there are no classes, all but those whose names end with {@code *}, which have to be one
 * @param regionClass the class of the regions in which all glands are outlined
 * @param allOutlined whether in images with outlines all glands are outlined, so that no regions
 *     are needed
 * @param unlabelled most unlabelled fields of an image, at least 0
 * @param tissue the least share of an unlabelled field that has to be tissue, in [0, 1]
 * @param seed seed of the choice of unlabelled fields
 */
public record FieldSettings(
    OptionalInt size,
    OptionalDouble micronsPerPixel,
    OptionalDouble imageMicronsPerPixel,
    Set<String> classes,
    String regionClass,
    boolean allOutlined,
    int unlabelled,
    double tissue,
    long seed) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of its range, or the class of regions is
   *     one of glands
   */
  public FieldSettings {
    requireNonNull(micronsPerPixel);
    requireNonNull(imageMicronsPerPixel);
    requireNonNull(regionClass);
    // As outlines have them, whatever a terminal composes.
    classes = classes.stream().map(Outline::composed).collect(toImmutableSet());
    regionClass = Outline.composed(regionClass);
    checkArgument(
        size.isEmpty() || size.getAsInt() >= 1, "size: expected 1 or more pixels, found %s", size);
    checkArgument(
        !classes.contains(regionClass),
        "class: expected others than that of regions, found '%s' for both",
        regionClass);
    checkArgument(unlabelled >= 0, "unlabelled: expected 0 or more, found %s", unlabelled);
    checkArgument(
        tissue >= 0 && tissue <= 1, "tissue: expected a share of 0 to 1, found %s", tissue);
  }
}
