package io.semimoe.graph.op;

import java.util.List;

/**
 * Batch normalisation in training: (X [N, C, H, W], scale [C], B [C], mean [C], variance [C]) to
 * (Y, mean, variance, saved mean, saved inverse standard deviation).
 *
 * <p>Running statistics are not this operator's, since runtimes differ in the variance that they
 * keep: its momentum is 1, which leaves the mean and the variance that it is given as they are. It
 * may write them, unchanged, into the memory that they came from. All five outputs must be named,
 * or the runtime crashes.
 *
 * @param epsilon added to the variance
 */
public record BatchNormInternal(float epsilon) implements Op {

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
    encoding.attribute("momentum", 1f);
    encoding.attribute("training_mode", 1);
  }
}
