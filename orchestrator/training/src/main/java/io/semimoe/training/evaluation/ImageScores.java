package io.semimoe.training.evaluation;

/**
 * Scores of one image.
 *
 * @param name name of the image
 * @param group group that is reported apart, for instance {@code testA}
 * @param modelSize pixel counts at the size at which the model works
 * @param original pixel counts at the image's own size
 * @param objects tally of the components of the mask at the image's own size
 * @param separatedObjects tally of the objects that {@code predict} writes, likewise
 */
record ImageScores(
    String name,
    String group,
    PixelCounts modelSize,
    PixelCounts original,
    ObjectTally objects,
    ObjectTally separatedObjects) {}
