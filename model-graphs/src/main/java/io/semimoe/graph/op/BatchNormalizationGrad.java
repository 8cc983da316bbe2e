package io.semimoe.graph.op;

import java.util.List;

/**
 * Backward of {@link BatchNormInternal}: (dY, X, scale, saved mean, saved inverse standard
 * deviation) to (dX, dScale, dB).
 *
 * @param epsilon as in the forward operator
 */
public record BatchNormalizationGrad(float epsilon) implements Op {

  @Override
  public String type() {
    return "BatchNormalizationGrad";
  }

  @Override
  public Domain domain() {
    return Domain.MICROSOFT;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 5);
    Expect.images(this, inputs.get(1), inputs);
    TensorType channel = TensorType.floats(Shape.of(inputs.get(1).shape().dim(1)));
    Expect.that(
        inputs.get(0).equals(inputs.get(1))
            && inputs.subList(2, 5).stream().allMatch(channel::equals),
        this,
        "dY and X [N, C, H, W] and scale, saved mean, saved inverse deviation [C]",
        inputs);
    return List.of(inputs.get(1), inputs.get(2), inputs.get(2));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("epsilon", epsilon);
  }
}
