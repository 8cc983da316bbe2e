package io.semimoe.inference.object;

import java.util.OptionalDouble;

/**
 * How foreground becomes objects; immutable, each {@code with} method gives a changed copy. Areas
 * are numbers of pixels.
 *
 * <p>The steps, in this order: holes of at most {@code maximumHoleArea} become foreground; the
 * foreground's 8-connected components are found; those smaller than {@code minimumArea} are
 * dropped; where distances are given and {@code separate} is set, touching objects are cut apart. A
 * pixel has eight neighbours in an object, four in a hole.
 *
 * @param minimumArea smallest area of an object; smaller components are dropped, and nothing
 *     smaller is cut off. 0 and 1 keep all
 * @param maximumHoleArea greatest area of a hole that is filled; 0 fills none, {@link #ALL_HOLES}
 *     fills every one. A hole is a 4-connected component of the background that does not touch the
 *     image's border. Objects inside a hole that is filled become part of what surrounds it
 * @param separate whether touching objects are cut apart along the valleys of the distance map
 * @param separationDepth how deep the pass between two peaks of the signed distance must lie for
 *     them to be two objects: (lower peak − pass) / lower peak is at least this, in (0, 1). Where
 *     the distance is exact, the neck between the two is then at most 1 − this of the width of the
 *     narrower one. A pass below 0.04 counts as 0.04, so that peaks below 0.04 / (1 − this) make no
 *     objects. Being relative, it does not depend on the scale of the distance, which is another
 *     one in each image
 */
public record ObjectOptions(
    long minimumArea, long maximumHoleArea, boolean separate, double separationDepth) {

  /** As {@code maximumHoleArea}: every hole is filled. */
  public static final long ALL_HOLES = Long.MAX_VALUE;

  /**
   * For glands at about 0.6 µm per pixel. Of the glands outlined in GlaS one in a hundred is
   * smaller than 500 pixels and one in two is larger than 11 000; their lumen is part of them, and
   * almost none has a hole. A hole as large as a gland is left open, since it may be the tissue
   * that a ring of touching glands encloses. The depth of passes was chosen on the outlines of the
   * training images, blurred until they touch, with noise on their distances.
   */
  public static final ObjectOptions GLAS_SIZED = new ObjectOptions(500, 10_000, true, 0.8);

  /** Pixels of a GlaS image, for which the areas of {@link #GLAS_SIZED} are. */
  private static final double PIXELS = 775 * 522;

  /** Side of its pixels on the glass. */
  private static final double MICRONS_PER_PIXEL = 0.62;

  /** The components of the foreground as they are: nothing filled, dropped or cut. */
  public static final ObjectOptions COMPONENTS =
      GLAS_SIZED.withMinimumArea(0).withMaximumHoleArea(0).withSeparate(false);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public ObjectOptions {
    checkArea("minimum area", minimumArea);
    checkArea("maximum hole area", maximumHoleArea);
    if (!(separationDepth > 0 && separationDepth < 1)) {
      throw new IllegalArgumentException(
          "separation depth: expected a number in (0, 1), found " + separationDepth);
    }
  }

  /**
   * What {@code Segmentation.objects()} takes: {@link #GLAS_SIZED} with areas that fit an image.
   * They are the same on the glass where the size of a pixel is known (0.62 µm in GlaS), else the
   * same share of an image that is smaller than those of GlaS (775×522), and unchanged for a larger
   * one.
   *
   * @param micronsPerPixel side of a pixel of the image on the glass in µm, if it is known
   * @throws IllegalArgumentException if the side of a pixel is not a positive number
   */
  public static ObjectOptions forImage(int width, int height, OptionalDouble micronsPerPixel) {
    double scale = Math.min(1, (double) width * height / PIXELS);
    if (micronsPerPixel.isPresent()) {
      double side = micronsPerPixel.getAsDouble();
      if (!(side > 0 && side < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "expected pixels of a positive size in µm, found " + side);
      }
      double ratio = MICRONS_PER_PIXEL / side;
      scale = ratio * ratio;
    }
    return GLAS_SIZED
        .withMinimumArea(Math.round(GLAS_SIZED.minimumArea() * scale))
        .withMaximumHoleArea(Math.round(GLAS_SIZED.maximumHoleArea() * scale));
  }

  /** These options with another smallest area. */
  public ObjectOptions withMinimumArea(long newMinimumArea) {
    return new ObjectOptions(newMinimumArea, maximumHoleArea, separate, separationDepth);
  }

  /** These options with another greatest area of filled holes. */
  public ObjectOptions withMaximumHoleArea(long newMaximumHoleArea) {
    return new ObjectOptions(minimumArea, newMaximumHoleArea, separate, separationDepth);
  }

  /** These options with or without the cutting apart of touching objects. */
  public ObjectOptions withSeparate(boolean newSeparate) {
    return new ObjectOptions(minimumArea, maximumHoleArea, newSeparate, separationDepth);
  }

  /** These options with another separation depth. */
  public ObjectOptions withSeparationDepth(double newSeparationDepth) {
    return new ObjectOptions(minimumArea, maximumHoleArea, separate, newSeparationDepth);
  }

  private static void checkArea(String what, long area) {
    if (area < 0) {
      throw new IllegalArgumentException(what + ": expected at least 0 pixels, found " + area);
    }
  }
}
