package io.semimoe.graph.op;

import java.util.List;

/** Element-wise functions of one float32 tensor of any shape. */
public enum UnaryOp implements Op {
  RELU("Relu"),
  TANH("Tanh");

  private final String type;

  UnaryOp(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    return inputs;
  }
}
