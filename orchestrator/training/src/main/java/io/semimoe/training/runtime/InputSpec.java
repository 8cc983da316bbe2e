package io.semimoe.training.runtime;

import io.semimoe.graph.op.ElementType;
import java.util.List;

/**
 * What a model declares about one of its inputs.
 *
 * @param name name of the input
 * @param type element type
 * @param shape dimensions; models in training leave none open
 */
public record InputSpec(String name, ElementType type, List<Long> shape) {
  /** Copies the shape. */
  public InputSpec {
    shape = List.copyOf(shape);
  }

  @Override
  public String toString() {
    return name + " " + type.name() + shape;
  }
}
