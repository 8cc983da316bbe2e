package io.semimoe.training.evaluation;

/**
 * Scores of one image.
 *
 * @param name name of the image
 * @param group group that is reported apart, for instance {@code testA}
 * @param modelSize pixel counts at the size at which the model works
 * @param original pixel counts at the image's own size
 * @param objects object tally at the image's own size
 */
public record ImageScores(
    String name, String group, PixelCounts modelSize, PixelCounts original, ObjectTally objects) {

  /** These scores with another object tally. */
  ImageScores withObjects(ObjectTally tally) {
    return new ImageScores(name, group, modelSize, original, tally);
  }
}
