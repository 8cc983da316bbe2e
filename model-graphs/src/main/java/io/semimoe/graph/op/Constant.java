package io.semimoe.graph.op;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;

/** A small constant tensor that is written into the model. */
public sealed interface Constant {

  /** Returns the type of the tensor. */
  TensorType type();

  /** Returns a float32 scalar. */
  static Constant scalar(float value) {
    return new Floats(Shape.SCALAR, ImmutableDoubleArray.of(value));
  }

  /** Returns a float32 tensor with {@code values} in row-major order. */
  static Constant floats(Shape shape, float... values) {
    ImmutableDoubleArray.Builder builder = ImmutableDoubleArray.builder(values.length);
    for (float v : values) {
      builder.add(v);
    }
    return new Floats(shape, builder.build());
  }

  /** Returns an int64 vector. */
  static Constant longs(long... values) {
    return new Longs(ImmutableLongArray.copyOf(values));
  }

  /** Returns a bool vector of length 1. */
  static Constant flag(boolean value) {
    return new Flag(value);
  }

  /** A float32 tensor. Every element is a float; it is kept as a double. */
  record Floats(Shape shape, ImmutableDoubleArray values) implements Constant {
    public Floats {
      checkArgument(
          shape.elements() == values.length(),
          "expected %s values for shape %s, found %s",
          shape.elements(),
          shape,
          values.length());
    }

    @Override
    public TensorType type() {
      return TensorType.floats(shape);
    }
  }

  /** An int64 vector. */
  record Longs(ImmutableLongArray values) implements Constant {
    @Override
    public TensorType type() {
      return new TensorType(ElementType.INT64, Shape.of(values.length()));
    }
  }

  /** A bool vector of length 1. */
  record Flag(boolean value) implements Constant {
    @Override
    public TensorType type() {
      return new TensorType(ElementType.BOOL, Shape.of(1));
    }
  }
}
