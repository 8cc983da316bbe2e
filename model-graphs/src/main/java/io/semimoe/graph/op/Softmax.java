package io.semimoe.graph.op;

import java.util.List;

/**
 * Softmax along an axis.
 *
 * @param axis the axis, from 0
 */
public record Softmax(int axis) implements Op {

  @Override
  public String type() {
    return "Softmax";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 1);
    Expect.axis(this, axis, inputs);
    return inputs;
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("axis", axis);
  }
}
