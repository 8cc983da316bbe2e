package io.semimoe.graph.op;

import java.util.List;

/** Mean over height and width: [N, C, H, W] to [N, C, 1, 1]. */
public record GlobalAveragePool() implements Op {

  @Override
  public String type() {
    return "GlobalAveragePool";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.images(this, inputs.get(0), inputs);
    return List.of(TensorType.floats(inputs.get(0).shape().with(2, 1).with(3, 1)));
  }
}
