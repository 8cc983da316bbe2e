package io.semimoe.cli.predict;

import io.semimoe.dataset.slide.SlideFile;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What all images of a prediction have in common.
 *
 * @param objects which objects count
 * @param micronsPerPixel side of the images' pixels in µm, in place of what their files say
 * @param output folder to write into
 * @param write what to write
 * @param maxPixels most pixels of an image that is decoded as a whole
 */
public record PredictionSettings(
    ObjectChoice objects,
    OptionalDouble micronsPerPixel,
    Path output,
    Set<Prediction> write,
    long maxPixels) {

  /** The size that was given, else that of the file, if it has one. */
  OptionalDouble micronsPerPixel(SlideFile image) {
    return micronsPerPixel.isPresent() ? micronsPerPixel : image.micronsPerPixel();
  }
}
