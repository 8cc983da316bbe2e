package io.semimoe.dataset.field;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbSource;
import io.semimoe.dataset.slide.SlideFile;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * An image at the scale of the fields.
 *
 * @param micronsPerPixel side of a pixel of the image in µm, where it is known
 * @param factor what its sides are multiplied by, before rounding
 * @param bounds the scaled image
 * @param across columns of the scaled image by columns of the image
 * @param down rows of the scaled image by rows of the image
 */
record FieldScale(
    OptionalDouble micronsPerPixel, double factor, Rectangle bounds, double across, double down) {
  /** Beyond that there is nothing to see, and fields are too close to be named by their places. */
  private static final double MOST_ENLARGED = 4;

  /** Pixels whose sizes differ by less are of one size. */
  private static final double SAME_SIZE_WITHIN = 0.01;

  static FieldScale of(SlideFile slide, FieldSettings settings) throws DataException {
    OptionalDouble own =
        settings.imageMicronsPerPixel().isPresent()
            ? settings.imageMicronsPerPixel()
            : slide.micronsPerPixel();
    double factor = factor(slide.path(), own, settings.micronsPerPixel());
    RgbSource scaled = slide.scaledSource(factor);
    return new FieldScale(
        own,
        factor,
        new Rectangle(scaled.width(), scaled.height()),
        (double) scaled.width() / slide.width(),
        (double) scaled.height() / slide.height());
  }

  private static double factor(Path image, OptionalDouble own, OptionalDouble wanted)
      throws DataException {
    if (wanted.isEmpty()) {
      return 1;
    }
    if (own.isEmpty()) {
      throw new DataException(
          image,
          "expected an image that says how large its pixels are, found none; give their size"
              + " (--pixel-size), or cut fields of the images' own pixels");
    }
    double factor = own.getAsDouble() / wanted.getAsDouble();
    if (factor > MOST_ENLARGED) {
      throw new DataException(
          image,
          "expected pixels at most %s times as large as those of the fields, found pixels of %s µm for fields of %s; is that their size?"
              .formatted(MOST_ENLARGED, own.getAsDouble(), wanted.getAsDouble()));
    }
    return Math.abs(factor - 1) <= SAME_SIZE_WITHIN ? 1 : factor;
  }

  /** Turns places in the image into places in the scaled one. */
  AffineTransform fromImage() {
    return AffineTransform.getScaleInstance(across, down);
  }

  /** Returns a place in the image that is one in the scaled image, rounded. */
  Rectangle inImage(Rectangle place) {
    int left = (int) Math.rint(place.x / across);
    int top = (int) Math.rint(place.y / down);
    int right = (int) Math.rint((place.x + place.width) / across);
    int bottom = (int) Math.rint((place.y + place.height) / down);
    return new Rectangle(left, top, right - left, bottom - top);
  }
}
