package io.semimoe.graph.op;

import java.util.List;

/**
 * Scatters (dY [K], int64 indices [K]) into zeros of length {@code size}, adding where indices
 * repeat. With the indices of {@link MaxPool2x2} it is max-pooling's backward on every device.
 *
 * @param size length of the output vector
 */
public record GatherElementsGrad(int size) implements Op {

  @Override
  public String type() {
    return "GatherElementsGrad";
  }

  @Override
  public Domain domain() {
    return Domain.MICROSOFT;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.count(this, inputs, 2);
    Expect.that(
        inputs.get(0).element() == ElementType.FLOAT
            && inputs.get(1).element() == ElementType.INT64
            && inputs.get(0).shape().rank() == 1
            && inputs.get(0).shape().equals(inputs.get(1).shape()),
        this,
        "a float32 vector and int64 indices of its length",
        inputs);
    return List.of(TensorType.floats(Shape.of(size)));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.input();
    encoding.constant(Constant.longs(size));
    encoding.input();
    encoding.attribute("axis", 0);
  }
}
