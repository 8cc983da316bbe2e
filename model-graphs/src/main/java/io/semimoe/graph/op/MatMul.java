package io.semimoe.graph.op;

import java.util.List;

/** Matrix product of float32 matrices: A [M, K] and B [K, N] to C [M, N]. */
public record MatMul() implements Op {

  @Override
  public String type() {
    return "MatMul";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 2);
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    Expect.that(
        a.rank() == 2 && b.rank() == 2 && a.dim(1) == b.dim(0),
        this,
        "matrices [M, K] and [K, N]",
        inputs);
    return List.of(TensorType.floats(Shape.of(a.dim(0), b.dim(1))));
  }
}
