package io.semimoe.training.evaluation;

/**
 * What the object metrics of one image, or pooled over several, are computed from.
 *
 * <p>Tallies add up: the score of the sum over a data set is the pooled score, in which true
 * positives, false positives and false negatives are summed and area shares are taken over the
 * whole set. Definitions after the GlaS challenge (Sirinukunwattana et al., 2017); {@link
 * ObjectMetrics} makes the tally of one image.
 *
 * @param predictedObjects number of predicted objects
 * @param truthObjects number of truth objects
 * @param truePositives predicted objects that cover more than half of their match
 * @param predictedArea pixels of all predicted objects
 * @param truthArea pixels of all truth objects
 * @param predictedDice Σ over predicted objects of area · Dice(object, match), in pixels
 * @param truthDice Σ over truth objects of area · Dice(object, match), in pixels
 * @param predictedHausdorff Σ over predicted objects of area · Hausdorff distance; infinite if an
 *     image has predicted objects but no truth object
 * @param truthHausdorff Σ over truth objects of area · Hausdorff distance; infinite if an image has
 *     truth objects but no predicted object
 */
public record ObjectTally(
    long predictedObjects,
    long truthObjects,
    long truePositives,
    long predictedArea,
    long truthArea,
    double predictedDice,
    double truthDice,
    double predictedHausdorff,
    double truthHausdorff) {

  /** No objects at all: the neutral element of {@link #plus}. */
  public static final ObjectTally NONE = new ObjectTally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Adds the tally of other images. */
  public ObjectTally plus(ObjectTally other) {
    return new ObjectTally(
        predictedObjects + other.predictedObjects,
        truthObjects + other.truthObjects,
        truePositives + other.truePositives,
        predictedArea + other.predictedArea,
        truthArea + other.truthArea,
        predictedDice + other.predictedDice,
        truthDice + other.truthDice,
        predictedHausdorff + other.predictedHausdorff,
        truthHausdorff + other.truthHausdorff);
  }

  /** Predicted objects that are no true positives. */
  public long falsePositives() {
    return predictedObjects - truePositives;
  }

  /** Truth objects that no true positive accounts for. */
  public long falseNegatives() {
    return truthObjects - truePositives;
  }

  /** TP / (TP + FP), in [0, 1]; 0 without predicted objects, 1 if both maps are empty. */
  public double precision() {
    return bothEmpty() ? 1 : ratio((double) truePositives, predictedObjects);
  }

  /** TP / (TP + FN), in [0, 1]; 0 without truth objects, 1 if both maps are empty. */
  public double recall() {
    return bothEmpty() ? 1 : ratio((double) truePositives, truthObjects);
  }

  /** Object F1 = 2 TP / (2 TP + FP + FN), in [0, 1]; 1 if both maps are empty. */
  public double f1() {
    return bothEmpty() ? 1 : ratio(2.0 * truePositives, predictedObjects + truthObjects);
  }

  /**
   * Object Dice = ½ (Σ_P share · Dice(object, match) + Σ_T share · Dice(object, match)), the shares
   * being those of the areas, in [0, 1]; 1 if both maps are empty.
   */
  public double dice() {
    return bothEmpty()
        ? 1
        : (ratio(predictedDice, predictedArea) + ratio(truthDice, truthArea)) / 2;
  }

  /**
   * Object Hausdorff distance in pixels = ½ (Σ_P share · H(object, match) + Σ_T share · H(object,
   * match)); 0 if both maps are empty, infinite if exactly one is. Pooled over images it is
   * infinite as soon as it is for one of them.
   */
  public double hausdorff() {
    if (bothEmpty()) {
      return 0;
    }
    return predictedObjects == 0 || truthObjects == 0
        ? Double.POSITIVE_INFINITY
        : (predictedHausdorff / predictedArea + truthHausdorff / truthArea) / 2;
  }

  private boolean bothEmpty() {
    return predictedObjects == 0 && truthObjects == 0;
  }

  private static double ratio(double numerator, long denominator) {
    return denominator == 0 ? 0 : numerator / denominator;
  }
}
