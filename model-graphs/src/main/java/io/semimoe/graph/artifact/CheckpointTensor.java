package io.semimoe.graph.artifact;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.graph.op.Shape;

/**
 * A named float32 tensor in a checkpoint. Not copied: neither side may change the array.
 *
 * @param name name of the parameter or state
 * @param shape shape
 * @param values elements in row-major order
 */
@SuppressWarnings("ArrayRecordComponent")
public record CheckpointTensor(String name, Shape shape, float[] values) {
  /** Checks that there are as many values as the shape has elements. */
  public CheckpointTensor {
    checkArgument(
        values.length == shape.elements(),
        "tensor '%s' of shape %s: expected %s values, found %s",
        name,
        shape,
        shape.elements(),
        values.length);
  }
}
