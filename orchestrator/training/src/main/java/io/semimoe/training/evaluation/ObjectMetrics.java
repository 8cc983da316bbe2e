package io.semimoe.training.evaluation;

import io.semimoe.dataset.raster.LabelMap;

/**
 * Object metrics of the GlaS challenge (Sirinukunwattana et al., "Gland segmentation in colon
 * histology images: The GlaS challenge contest", Medical Image Analysis 35, 2017).
 *
 * <p>The best match of an object is the object of the other map that covers most of its pixels, the
 * one with the smallest label on ties; an object that touches none has no match.
 *
 * <ul>
 *   <li>A predicted object is a true positive if it has a match and their intersection is more than
 *       half of the truth object's area.
 *   <li>Dice of an object without match is 0.
 *   <li>Hausdorff distances are exact, in pixels, between the filled pixel sets; an object without
 *       match takes the distance to the nearest object of the other map.
 * </ul>
 */
public final class ObjectMetrics {
  private ObjectMetrics() {}

  /**
   * Compares two instance maps of one image.
   *
   * <p>Cost: some milliseconds for 775×522 pixels, mostly for the Hausdorff distances; more where a
   * poor prediction falls into hundreds of fragments.
   *
   * @param prediction predicted objects, 0 = background, each other label one object
   * @param truth true objects, likewise
   * @return the tally from which the scores of this image follow
   * @throws IllegalArgumentException if the sizes differ
   */
  public static ObjectTally compare(LabelMap prediction, LabelMap truth) {
    Sizes.checkSame(
        "truth",
        truth.width(),
        truth.height(),
        "prediction",
        prediction.width(),
        prediction.height());
    LabelledObjects predicted = new LabelledObjects(prediction);
    LabelledObjects expected = new LabelledObjects(truth);
    Overlaps overlaps = new Overlaps(predicted, expected);
    ObjectDistances distances = new ObjectDistances(predicted, expected);

    long truePositives = 0;
    double predictedDice = 0;
    double predictedHausdorff = 0;
    for (int p = 0; p < predicted.count(); p++) {
      int t = overlaps.matchOfFirst(p);
      double distance;
      if (t == Overlaps.NO_MATCH) {
        distance = distances.nearestToFirst(p);
      } else {
        long common = overlaps.common(p, t);
        truePositives += 2 * common > expected.area(t) ? 1 : 0;
        predictedDice += predicted.area(p) * dice(common, predicted.area(p), expected.area(t));
        distance = distances.between(p, t);
      }
      predictedHausdorff += predicted.area(p) * distance;
    }

    double truthDice = 0;
    double truthHausdorff = 0;
    for (int t = 0; t < expected.count(); t++) {
      int p = overlaps.matchOfSecond(t);
      double distance;
      if (p == Overlaps.NO_MATCH) {
        distance = distances.nearestToSecond(t);
      } else {
        long common = overlaps.common(p, t);
        truthDice += expected.area(t) * dice(common, predicted.area(p), expected.area(t));
        distance = distances.between(p, t);
      }
      truthHausdorff += expected.area(t) * distance;
    }

    return new ObjectTally(
        predicted.count(),
        expected.count(),
        truePositives,
        predicted.totalArea(),
        expected.totalArea(),
        predictedDice,
        truthDice,
        predictedHausdorff,
        truthHausdorff);
  }

  private static double dice(long common, long area, long otherArea) {
    return 2.0 * common / (area + otherArea);
  }
}
