package io.semimoe.graph.op;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Permutes the axes of a float32 tensor.
 *
 * @param permutation input axis of each output axis
 */
public record Transpose(List<Integer> permutation) implements Op {

  /** Copies the permutation. */
  public Transpose {
    permutation = List.copyOf(permutation);
  }

  @Override
  public String type() {
    return "Transpose";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Shape x = inputs.get(0).shape();
    Expect.that(
        permutation.stream().sorted().toList().equals(axes(x.rank())),
        this,
        "a permutation of the axes, not " + permutation,
        inputs);
    return List.of(TensorType.floats(Shape.of(permutation.stream().mapToInt(x::dim).toArray())));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("perm", permutation.stream().mapToLong(i -> i).toArray());
  }

  private static List<Integer> axes(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }
}
