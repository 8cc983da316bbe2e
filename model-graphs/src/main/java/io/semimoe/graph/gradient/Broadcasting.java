package io.semimoe.graph.gradient;

import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.ReduceSum;
import io.semimoe.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;

/** The backward of broadcasting. */
final class Broadcasting {
  private Broadcasting() {}

  /** Sums {@code gradient} over the axes along which {@code shape} was stretched to its shape. */
  static Value unbroadcast(Value gradient, Shape shape) {
    Shape from = gradient.shape();
    if (from.equals(shape)) {
      return gradient;
    }
    int missing = from.rank() - shape.rank();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      if (axis < missing || (shape.dim(axis - missing) == 1 && from.dim(axis) > 1)) {
        axes.add(axis);
      }
    }
    Value sum =
        axes.isEmpty() ? gradient : gradient.graph().apply(new ReduceSum(axes, true), gradient);
    return Operators.reshape(sum, shape.toIntArray());
  }
}
