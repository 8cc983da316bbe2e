package io.semimoe.graph.op;

import java.util.List;

/** Converts bool to float32 (0 or 1). Has no gradient. */
public record Cast() implements Op {

  @Override
  public String type() {
    return "Cast";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Expect.count(this, inputs, 1);
    Expect.that(inputs.get(0).element() == ElementType.BOOL, this, "a bool input", inputs);
    return List.of(TensorType.floats(inputs.get(0).shape()));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("to", ElementType.FLOAT.code());
  }
}
