package io.semimoe.graph.op;

import java.util.List;

/**
 * Gives the elements of a tensor, in row-major order, another shape.
 *
 * @param shape the new shape
 */
public record Reshape(Shape shape) implements Op {

  @Override
  public String type() {
    return "Reshape";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.count(this, inputs, 1);
    Expect.that(
        inputs.get(0).shape().elements() == shape.elements(),
        this,
        "as many elements as in " + shape,
        inputs);
    return List.of(new TensorType(inputs.get(0).element(), shape));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.constant(Constant.longs(shape.toLongArray()));
  }
}
