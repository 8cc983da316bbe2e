package io.semimoe.graph.op;

import java.util.List;

/**
 * Batch normalisation in inference: (X [N, C, H, W], scale [C], B [C], mean [C], variance [C]) to
 * (X − mean) / √(variance + ε) · scale + B.
 *
 * @param epsilon added to the variance
 */
public record BatchNormalization(float epsilon) implements Op {

  @Override
  public String type() {
    return "BatchNormalization";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    checkInputs(this, inputs);
    return inputs.subList(0, 1);
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("epsilon", epsilon);
  }

  static void checkInputs(Op op, List<TensorType> inputs) {
    Expect.floats(op, inputs, 5);
    Expect.images(op, inputs.get(0), inputs);
    TensorType channel = TensorType.floats(Shape.of(inputs.get(0).shape().dim(1)));
    Expect.that(
        inputs.subList(1, 5).stream().allMatch(channel::equals),
        op,
        "X [N, C, H, W] and scale, bias, mean, variance [C]",
        inputs);
  }
}
