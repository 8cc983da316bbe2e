package io.semimoe.loss;

import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.split;
import static io.semimoe.graph.Operators.sub;

import io.semimoe.graph.Value;
import io.semimoe.graph.op.Cast;
import io.semimoe.graph.op.Greater;
import java.util.List;

/** Targets with two classes. */
final class TwoClasses {
  private TwoClasses() {}

  /** Returns the one-hot form [N, 2, H, W] of a mask [N, 1, H, W] of zeros and ones. */
  static Value oneHot(Value mask) {
    return concat(1, List.of(sub(1, mask), mask));
  }

  /**
   * Returns the mask [N, 1, H, W] of the pixels whose second logit is the greater one, that is, the
   * arg-max of logits [N, 2, H, W]; it has no gradient.
   */
  static Value argMax(Value logits) {
    List<Value> channels = split(logits, 1, 1, 1);
    Value greater = logits.graph().apply(new Greater(), channels.get(1), channels.get(0));
    return logits.graph().apply(new Cast(), greater);
  }
}
