package io.semimoe.graph.op;

import java.util.List;

/**
 * Adds a value to a gradient buffer in its own memory, or overwrites it: (buffer, value, bool [1]
 * overwrite) to bool [1] done.
 */
public record InPlaceAccumulator() implements Op {
  private static final TensorType FLAG = new TensorType(ElementType.BOOL, Shape.of(1));

  @Override
  public String type() {
    return "InPlaceAccumulatorV2";
  }

  @Override
  public Domain domain() {
    return Domain.MICROSOFT;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.count(this, inputs, 3);
    Expect.that(
        inputs.get(0).element() == ElementType.FLOAT
            && inputs.get(0).equals(inputs.get(1))
            && inputs.get(2).equals(FLAG),
        this,
        "a float32 buffer, a value of its shape and a flag bool [1]",
        inputs);
    return List.of(FLAG);
  }
}
