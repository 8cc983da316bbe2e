package io.semimoe.graph.op;

import java.util.List;

/** Passes a float32 tensor on unchanged and lets no gradient back. */
public record StopGradient() implements Op {

  @Override
  public String type() {
    return "Identity";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    return inputs;
  }
}
