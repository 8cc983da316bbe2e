package io.semimoe.graph.op;

import java.util.List;

/**
 * Backward of {@link Softmax} from (dY, Y) to dX.
 *
 * @param axis as in the forward operator
 */
public record SoftmaxGrad(int axis) implements Op {

  @Override
  public String type() {
    return "SoftmaxGrad_13";
  }

  @Override
  public Domain domain() {
    return Domain.MICROSOFT;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 2);
    Expect.that(inputs.get(0).equals(inputs.get(1)), this, "dY of the shape of Y", inputs);
    Expect.axis(this, axis, inputs);
    return inputs.subList(0, 1);
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("axis", axis);
  }
}
