package io.semimoe.training.runtime;

import java.util.List;

/**
 * What a model declares about one of its inputs.
 *
 * @param name name of the input
 * @param type element type
 * @param shape dimensions, {@link #ANY} where the model leaves one open
 */
public record InputSpec(String name, ElementType type, List<Long> shape) {
  /** Stands for a dimension that the model leaves open. */
  public static final long ANY = -1;

  /** Copies the shape. */
  public InputSpec {
    shape = List.copyOf(shape);
  }

  /** Returns whether a tensor of this shape may be fed. */
  boolean accepts(long[] found) {
    if (found.length != shape.size()) {
      return false;
    }
    for (int i = 0; i < found.length; i++) {
      if (shape.get(i) != ANY && shape.get(i) != found[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return name + " " + type + shape.toString().replace("-1", "?");
  }
}
