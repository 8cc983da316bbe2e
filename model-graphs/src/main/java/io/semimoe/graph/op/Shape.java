package io.semimoe.graph.op;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;

/** The static shape of a tensor: zero or more dimensions. Images are [N, C, H, W]. */
public final class Shape {
  /** The shape of a scalar. */
  public static final Shape SCALAR = new Shape(ImmutableIntArray.of());

  private final ImmutableIntArray dims;

  private Shape(ImmutableIntArray dims) {
    this.dims = dims;
  }

  /**
   * Returns the shape with the given dimensions.
   *
   * @throws IllegalArgumentException if a dimension is negative
   */
  public static Shape of(int... dims) {
    for (int d : dims) {
      checkArgument(d >= 0, "dimensions must not be negative, found %s", Arrays.toString(dims));
    }
    return new Shape(ImmutableIntArray.copyOf(dims));
  }

  /** Returns the number of dimensions. */
  public int rank() {
    return dims.length();
  }

  /** Returns dimension {@code axis}. */
  public int dim(int axis) {
    return dims.get(axis);
  }

  /** Returns the number of elements. */
  public long elements() {
    return dims.stream().asLongStream().reduce(1, Math::multiplyExact);
  }

  /** Returns the shape with dimension {@code axis} replaced. */
  public Shape with(int axis, int dim) {
    int[] copy = dims.toArray();
    copy[axis] = dim;
    return of(copy);
  }

  /** Returns the dimensions as a new array. */
  public int[] toIntArray() {
    return dims.toArray();
  }

  /** Returns the dimensions as a new array of longs, as ONNX wants them. */
  public long[] toLongArray() {
    return dims.stream().asLongStream().toArray();
  }

  /**
   * Returns the shape that both shapes broadcast to by the rules of ONNX (aligned at the last
   * dimension; 1 stretches).
   *
   * @throws IllegalArgumentException if they do not broadcast
   */
  public Shape broadcast(Shape other) {
    int rank = Math.max(rank(), other.rank());
    int[] result = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int a = i <= rank() ? dim(rank() - i) : 1;
      int b = i <= other.rank() ? other.dim(other.rank() - i) : 1;
      checkArgument(
          a == b || a == 1 || b == 1,
          "shapes %s and %s do not broadcast to each other",
          this,
          other);
      result[rank - i] = Math.max(a, b);
    }
    return of(result);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape other && dims.equals(other.dims);
  }

  @Override
  public int hashCode() {
    return dims.hashCode();
  }

  @Override
  public String toString() {
    return dims.toString();
  }
}
