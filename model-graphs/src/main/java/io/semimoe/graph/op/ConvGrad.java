package io.semimoe.graph.op;

import java.util.ArrayList;
import java.util.List;

/**
 * Backward of {@link Conv} from (dY, X, W) to those of dX, dW and dB that are asked for, in this
 * order.
 *
 * @param forward the convolution
 * @param inputGradient whether dX is an output
 * @param weightGradient whether dW is an output
 * @param biasGradient whether dB is an output
 */
public record ConvGrad(
    Conv forward, boolean inputGradient, boolean weightGradient, boolean biasGradient)
    implements Op {

  @Override
  public String type() {
    return "ConvGrad";
  }

  @Override
  public Domain domain() {
    return Domain.MICROSOFT;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.floats(this, inputs, 3);
    Shape y = inputs.get(0).shape();
    Shape x = inputs.get(1).shape();
    Shape w = inputs.get(2).shape();
    Expect.that(
        x.rank() == 4
            && w.rank() == 4
            && w.equals(Shape.of(w.dim(0), x.dim(1), forward.kernel(), forward.kernel()))
            && y.equals(forward.output(x, w.dim(0))),
        this,
        "dY like Y, X [N, C, H, W], W [M, C, " + forward.kernel() + ", " + forward.kernel() + "]",
        inputs);
    List<TensorType> outputs = new ArrayList<>();
    if (inputGradient) {
      outputs.add(inputs.get(1));
    }
    if (weightGradient) {
      outputs.add(inputs.get(2));
    }
    if (biasGradient) {
      outputs.add(TensorType.floats(Shape.of(w.dim(0))));
    }
    return outputs;
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    forward.encodeGeometry(encoding);
  }

  @Override
  public int outputSlot(int output) {
    int slot = 0;
    int seen = 0;
    for (boolean present : new boolean[] {inputGradient, weightGradient, biasGradient}) {
      if (present && seen++ == output) {
        return slot;
      }
      slot++;
    }
    throw new IllegalArgumentException("no output " + output + " of " + this);
  }
}
