package io.semimoe.training.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * A value for one input of a step: a tensor of floats or a truth value.
 *
 * <p>The arrays are not copied when a feed is made; their content is read when a step runs.
 */
public sealed interface Feed {

  /** Shape of the tensor; a fresh array. */
  long[] shape();

  /**
   * A float32 tensor.
   *
   * @param values elements in row-major order, kept and not copied
   * @param shape dimensions; their product must be the number of elements
   * @throws IllegalArgumentException if it is not
   */
  static Feed floats(float[] values, long... shape) {
    return new Floats(values, shape);
  }

  /** A bool tensor of shape {@code [1]}. */
  static Feed flag(boolean value) {
    return new Flag(value);
  }

  /** A float32 tensor in row-major order. */
  final class Floats implements Feed {
    private final float[] values;
    private final long[] shape;

    private Floats(float[] values, long[] shape) {
      long elements = 1;
      for (long dimension : shape) {
        checkArgument(dimension >= 0, "negative dimension in shape %s", Arrays.toString(shape));
        elements = Math.multiplyExact(elements, dimension);
      }
      checkArgument(
          elements == values.length,
          "shape %s needs %s elements, found %s",
          Arrays.toString(shape),
          elements,
          values.length);
      this.values = values;
      this.shape = shape.clone();
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }

    float[] values() {
      return values;
    }
  }

  /** A bool tensor of shape {@code [1]}. */
  final class Flag implements Feed {
    private final boolean value;

    private Flag(boolean value) {
      this.value = value;
    }

    @Override
    public long[] shape() {
      return new long[] {1};
    }

    boolean value() {
      return value;
    }
  }
}
