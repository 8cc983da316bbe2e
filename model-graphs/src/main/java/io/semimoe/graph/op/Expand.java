package io.semimoe.graph.op;

import java.util.List;

/**
 * Broadcasts a float32 tensor to a shape.
 *
 * @param shape the shape
 */
public record Expand(Shape shape) implements Op {

  @Override
  public String type() {
    return "Expand";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.that(
        inputs.get(0).shape().broadcast(shape).equals(shape),
        this,
        "an input that broadcasts to " + shape,
        inputs);
    return List.of(TensorType.floats(shape));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.constant(Constant.longs(shape.toLongArray()));
  }
}
