package io.semimoe.graph.op;

import java.util.List;

/**
 * Element-wise choice with broadcasting: (bool condition, float32 A, float32 B) to A where the
 * condition holds, else B.
 */
public record Where() implements Op {

  @Override
  public String type() {
    return "Where";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.count(this, inputs, 3);
    Expect.that(inputs.get(0).element() == ElementType.BOOL, this, "a bool condition", inputs);
    Expect.that(
        inputs.get(1).element() == ElementType.FLOAT
            && inputs.get(2).element() == ElementType.FLOAT,
        this,
        "float32 values",
        inputs);
    Shape values = inputs.get(1).shape().broadcast(inputs.get(2).shape());
    return List.of(TensorType.floats(inputs.get(0).shape().broadcast(values)));
  }
}
