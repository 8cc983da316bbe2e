package io.semimoe.loss;

import static io.semimoe.graph.Operators.mean;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.sub;
import static io.semimoe.graph.Operators.tanh;

import com.google.common.base.Preconditions;
import io.semimoe.graph.Value;

/** Mean squared error of tanh(x) against the signed distance field; in [0, 4]. */
public final class SignedDistanceLoss {
  private SignedDistanceLoss() {}

  /**
   * Adds the loss of each image.
   *
   * @param logits x, float32 [N, 1, H, W]
   * @param field signed distance field of the same shape, in [−1, 1]; broadcasting is refused, for
   *     it would fit each image to the fields of its neighbours in the batch
   * @return float32 [N]
   */
  public static Value of(Value logits, Value field) {
    Preconditions.checkArgument(
        logits.shape().equals(field.shape()),
        "signed distance loss: expected a field of shape %s, found %s",
        logits.shape(),
        field.shape());
    Value difference = sub(tanh(logits), field);
    return mean(mul(difference, difference), 1, 2, 3);
  }
}
