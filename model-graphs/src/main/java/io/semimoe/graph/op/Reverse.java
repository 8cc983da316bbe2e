package io.semimoe.graph.op;

import java.util.List;

/**
 * Reverses the order of the elements along some axes.
 *
 * @param axes the axes, from 0
 */
public record Reverse(List<Integer> axes) implements Op {

  /** Copies the axes. */
  public Reverse {
    axes = List.copyOf(axes);
  }

  @Override
  public String type() {
    return "Slice";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.axes(this, axes, inputs);
    return inputs;
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.constant(repeated(-1));
    encoding.constant(repeated(Long.MIN_VALUE));
    encoding.constant(Constant.longs(axes.stream().mapToLong(i -> i).toArray()));
    encoding.constant(repeated(-1));
  }

  private Constant repeated(long value) {
    return Constant.longs(axes.stream().mapToLong(axis -> value).toArray());
  }
}
