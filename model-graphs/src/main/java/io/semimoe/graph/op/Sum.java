package io.semimoe.graph.op;

import java.util.List;

/** Element-wise sum of two or more float32 tensors of one shape. */
public record Sum() implements Op {

  @Override
  public String type() {
    return "Sum";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs);
    Expect.that(
        inputs.size() >= 2 && inputs.stream().distinct().count() == 1,
        this,
        "two or more inputs of one shape",
        inputs);
    return inputs.subList(0, 1);
  }
}
