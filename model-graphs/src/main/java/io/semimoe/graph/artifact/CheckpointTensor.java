package io.semimoe.graph.artifact;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.graph.op.Shape;
import java.nio.FloatBuffer;

/**
 * A named float32 tensor in a checkpoint.
 *
 * @param name name of the parameter or state
 * @param shape shape
 * @param elements the remaining elements of the buffer, in row-major order; not copied, so nobody
 *     may change them
 */
public record CheckpointTensor(String name, Shape shape, FloatBuffer elements) {
  /** Checks that there are as many elements as the shape has, and makes them read-only. */
  public CheckpointTensor {
    checkArgument(
        elements.remaining() == shape.elements(),
        "tensor '%s' of shape %s: expected %s values, found %s",
        name,
        shape,
        shape.elements(),
        elements.remaining());
    elements = elements.slice().asReadOnlyBuffer();
  }

  /** Returns the elements in row-major order, copied at every call. */
  public float[] values() {
    float[] values = new float[elements.capacity()];
    elements.get(0, values);
    return values;
  }
}
