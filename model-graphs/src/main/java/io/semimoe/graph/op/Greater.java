package io.semimoe.graph.op;

import java.util.List;

/**
 * Whether A is greater than B, element-wise with broadcasting; float32 to bool. Has no gradient.
 */
public record Greater() implements Op {

  @Override
  public String type() {
    return "Greater";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 2);
    return List.of(
        new TensorType(ElementType.BOOL, inputs.get(0).shape().broadcast(inputs.get(1).shape())));
  }
}
