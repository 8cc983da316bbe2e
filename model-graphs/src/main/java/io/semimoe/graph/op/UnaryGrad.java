package io.semimoe.graph.op;

import java.util.List;

/** Backward of a {@link UnaryOp} from (dY, Y) to dX, all of one shape. */
public enum UnaryGrad implements Op {
  RELU("ReluGrad"),
  TANH("TanhGrad");

  private final String type;

  UnaryGrad(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Domain domain() {
    return Domain.MICROSOFT;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 2);
    Expect.that(inputs.get(0).equals(inputs.get(1)), this, "dY of the shape of Y", inputs);
    return inputs.subList(0, 1);
  }
}
