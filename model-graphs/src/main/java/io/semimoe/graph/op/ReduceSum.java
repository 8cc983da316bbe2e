package io.semimoe.graph.op;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Sum over some axes.
 *
 * @param axes the axes, from 0
 * @param keepDimensions whether summed axes stay, with length 1
 */
public record ReduceSum(List<Integer> axes, boolean keepDimensions) implements Op {

  /** Copies the axes. */
  public ReduceSum {
    axes = List.copyOf(axes);
  }

  @Override
  public String type() {
    return "ReduceSum";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.that(!axes.isEmpty(), this, "one or more axes", inputs);
    Expect.axes(this, axes, inputs);
    Shape x = inputs.get(0).shape();
    int[] dims =
        IntStream.range(0, x.rank())
            .filter(axis -> keepDimensions || !axes.contains(axis))
            .map(axis -> axes.contains(axis) ? 1 : x.dim(axis))
            .toArray();
    return List.of(TensorType.floats(Shape.of(dims)));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.constant(Constant.longs(axes.stream().mapToLong(i -> i).toArray()));
    encoding.attribute("keepdims", keepDimensions ? 1 : 0);
  }
}
