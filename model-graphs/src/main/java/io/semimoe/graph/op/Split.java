package io.semimoe.graph.op;

import java.util.List;

/**
 * Cuts a float32 tensor into pieces along an axis.
 *
 * @param axis the axis, from 0
 * @param sizes length of each piece
 */
public record Split(int axis, List<Integer> sizes) implements Op {

  /** Copies the sizes. */
  public Split {
    sizes = List.copyOf(sizes);
  }

  @Override
  public String type() {
    return "Split";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.axis(this, axis, inputs);
    Shape x = inputs.get(0).shape();
    Expect.that(
        sizes.stream().mapToInt(i -> i).sum() == x.dim(axis),
        this,
        "pieces " + sizes + " that add up to the length of axis " + axis,
        inputs);
    return sizes.stream().map(size -> TensorType.floats(x.with(axis, size))).toList();
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.constant(Constant.longs(sizes.stream().mapToLong(i -> i).toArray()));
    encoding.attribute("axis", axis);
  }
}
