package io.semimoe.graph.op;

/**
 * Element type and static shape of a tensor.
 *
 * @param element element type
 * @param shape shape
 */
public record TensorType(ElementType element, Shape shape) {

  /** Returns the type of a float32 tensor. */
  public static TensorType floats(Shape shape) {
    return new TensorType(ElementType.FLOAT, shape);
  }

  @Override
  public String toString() {
    return element + " " + shape;
  }
}
