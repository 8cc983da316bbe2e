package io.semimoe.graph.op;

import java.util.List;

/**
 * Batch normalisation in training: (X [N, C, H, W], scale [C], B [C], running mean [C], running
 * variance [C]) to (Y, new running mean, new running variance, saved mean, saved inverse standard
 * deviation).
 *
 * <p>The runtime writes the new running statistics into the memory of the old ones, provided that
 * outputs 1 and 2 are read by nothing. All five outputs must be named, or it crashes.
 *
 * @param epsilon added to the variance
 * @param momentum share of the old running statistics that is kept (PyTorch's momentum is 1 minus
 *     it)
 */
public record BatchNormInternal(float epsilon, float momentum) implements Op {

  @Override
  public String type() {
    return "BatchNormInternal";
  }

  @Override
  public Domain domain() {
    return Domain.MICROSOFT;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    BatchNormalization.checkInputs(this, inputs);
    TensorType channel = inputs.get(1);
    return List.of(inputs.get(0), channel, channel, channel, channel);
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("epsilon", epsilon);
    encoding.attribute("momentum", momentum);
    encoding.attribute("training_mode", 1);
  }
}
