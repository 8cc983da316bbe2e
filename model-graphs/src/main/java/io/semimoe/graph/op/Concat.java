package io.semimoe.graph.op;

import java.util.List;

/**
 * Concatenation of float32 tensors along an axis.
 *
 * @param axis the axis, from 0
 */
public record Concat(int axis) implements Op {

  @Override
  public String type() {
    return "Concat";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs);
    Expect.that(!inputs.isEmpty(), this, "one or more inputs", inputs);
    Expect.axis(this, axis, inputs);
    Shape first = inputs.get(0).shape();
    Expect.that(
        inputs.stream()
            .allMatch(
                t ->
                    t.shape().rank() == first.rank()
                        && t.shape().with(axis, 1).equals(first.with(axis, 1))),
        this,
        "shapes that differ only in axis " + axis,
        inputs);
    int length = inputs.stream().mapToInt(t -> t.shape().dim(axis)).sum();
    return List.of(TensorType.floats(first.with(axis, length)));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("axis", axis);
  }
}
