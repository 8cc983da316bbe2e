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
 * Dice loss of the boundary task, without squares.
 *
 * <p>With P = softmax(x) and Y the one-hot target, for each image and class 1 − (2 Σ P·Y + ε) / (Σ
 * P + Σ Y + ε) over the pixels, ε = 1e-8; the mean over the classes. In [0, 1].
 */
public final class BoundaryDiceLoss {
  private static final float SMOOTH = 1e-8f;

  private BoundaryDiceLoss() {}

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
    Value size = add(add(reduceSum(p, 2, 3), reduceSum(oneHot, 2, 3)), SMOOTH);
    return sub(1, mean(div(overlap, size), 1));
  }
}
