package io.semimoe.graph.op;

import java.util.List;

/** Element-wise functions of two float32 tensors that broadcast to each other. */
public enum BinaryOp implements Op {
  ADD("Add"),
  SUB("Sub"),
  MUL("Mul"),
  DIV("Div");

  private final String type;

  BinaryOp(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 2);
    return List.of(TensorType.floats(inputs.get(0).shape().broadcast(inputs.get(1).shape())));
  }
}
