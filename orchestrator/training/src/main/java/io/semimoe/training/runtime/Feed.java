package io.semimoe.training.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * A value for one input of a step: a tensor of floats or of truth values.
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

  /**
   * A bool tensor.
   *
   * @param values elements in row-major order, kept and not copied
   * @param shape dimensions; their product must be the number of elements
   * @throws IllegalArgumentException if it is not
   */
  static Feed flags(boolean[] values, long... shape) {
    return new Flags(values, shape);
  }

  private static void check(int length, long[] shape) {
    long elements = 1;
    for (long dimension : shape) {
      checkArgument(dimension >= 0, "negative dimension in shape %s", Arrays.toString(shape));
      elements = Math.multiplyExact(elements, dimension);
    }
    checkArgument(
        elements == length,
        "shape %s needs %s elements, found %s",
        Arrays.toString(shape),
        elements,
        length);
  }

  /** A float32 tensor in row-major order. */
  final class Floats implements Feed {
    private final float[] values;
    private final long[] shape;

    private Floats(float[] values, long[] shape) {
      check(values.length, shape);
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

  /** A bool tensor in row-major order. */
  final class Flags implements Feed {
    private final boolean[] values;
    private final long[] shape;

    private Flags(boolean[] values, long[] shape) {
      check(values.length, shape);
      this.values = values;
      this.shape = shape.clone();
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }

    boolean[] values() {
      return values;
    }
  }
}
