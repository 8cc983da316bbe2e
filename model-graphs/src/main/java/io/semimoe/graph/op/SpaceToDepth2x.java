package io.semimoe.graph.op;

import java.util.List;

/** Inverse of {@link DepthToSpace2x}: X [N, C, 2H, 2W] to Y [N, 4C, H, W]. */
public record SpaceToDepth2x() implements Op {

  @Override
  public String type() {
    return "SpaceToDepth";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Shape half = AveragePool2x2.halved(this, inputs);
    return List.of(TensorType.floats(half.with(1, 4 * half.dim(1))));
  }

  @Override
  public void encode(NodeEncoding encoding) {
    encoding.inputs();
    encoding.attribute("blocksize", 2);
  }
}
