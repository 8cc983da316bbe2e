package io.semimoe.loss;

import static io.semimoe.graph.Operators.add;
import static io.semimoe.graph.Operators.div;
import static io.semimoe.graph.Operators.mean;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.reduceSum;
import static io.semimoe.graph.Operators.softmax;
import static io.semimoe.graph.Operators.sub;

import io.semimoe.graph.Value;

/**
 * Dice loss of the segmentation task, with squares in the denominator (V-Net form).
 *
 * <p>With P = softmax(x) and Y the one-hot target, for each image and class 1 − (2 Σ P·Y + 1) / (Σ
 * P² + Σ Y² + 1) over the pixels; the mean over the classes. In [0, 1].
 */
public final class SegmentationDiceLoss {
  private static final float SMOOTH = 1;

  private SegmentationDiceLoss() {}

  /**
   * Adds the loss of each image.
   *
   * @param logits x, float32 [N, 2, H, W]
   * @param oneHot Y, float32 [N, 2, H, W] of zeros and ones
   * @return float32 [N]
   */
  public static Value of(Value logits, Value oneHot) {
    Value p = softmax(logits, 1);
    Value overlap = add(mul(reduceSum(mul(p, oneHot), 2, 3), 2), SMOOTH);
    // Y is its own square.
    Value size = add(add(reduceSum(mul(p, p), 2, 3), reduceSum(oneHot, 2, 3)), SMOOTH);
    return sub(1, mean(div(overlap, size), 1));
  }
}
