package io.semimoe.graph;

import io.semimoe.graph.op.BinaryOp;
import io.semimoe.graph.op.Concat;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.Expand;
import io.semimoe.graph.op.GlobalAveragePool;
import io.semimoe.graph.op.MatMul;
import io.semimoe.graph.op.MaxPool2x2;
import io.semimoe.graph.op.ReduceSum;
import io.semimoe.graph.op.Reshape;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.Softmax;
import io.semimoe.graph.op.Split;
import io.semimoe.graph.op.StopGradient;
import io.semimoe.graph.op.UnaryOp;
import io.semimoe.graph.op.Upsample2x;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Short names for adding operators to the graph of their operands, for static import. */
public final class Operators {
  private Operators() {}

  /** Returns a + b, broadcasting. */
  public static Value add(Value a, Value b) {
    return binary(BinaryOp.ADD, a, b);
  }

  /** Returns a + b. */
  public static Value add(Value a, float b) {
    return add(a, scalar(a, b));
  }

  /** Returns a − b, broadcasting. */
  public static Value sub(Value a, Value b) {
    return binary(BinaryOp.SUB, a, b);
  }

  /** Returns a − b. */
  public static Value sub(float a, Value b) {
    return sub(scalar(b, a), b);
  }

  /** Returns a · b element-wise, broadcasting. */
  public static Value mul(Value a, Value b) {
    return binary(BinaryOp.MUL, a, b);
  }

  /** Returns a · b. */
  public static Value mul(Value a, float b) {
    return mul(a, scalar(a, b));
  }

  /** Returns a / b element-wise, broadcasting. */
  public static Value div(Value a, Value b) {
    return binary(BinaryOp.DIV, a, b);
  }

  /** Returns max(x, 0). */
  public static Value relu(Value x) {
    return x.graph().apply(UnaryOp.RELU, x);
  }

  /** Returns tanh(x). */
  public static Value tanh(Value x) {
    return x.graph().apply(UnaryOp.TANH, x);
  }

  /** Returns the convolution of x [N, C, H, W] with w [M, C, k, k], padded to keep H and W. */
  public static Value conv(Value x, Value w) {
    return x.graph().apply(Conv.same(w.shape().dim(2)), x, w);
  }

  /** Returns the convolution of x with w plus the bias b [M]. */
  public static Value conv(Value x, Value w, Value b) {
    return x.graph().apply(Conv.same(w.shape().dim(2)), x, w, b);
  }

  /** Returns x with 2 × 2 max-pooling of stride 2. */
  public static Value maxPool(Value x) {
    return x.graph().apply(new MaxPool2x2(), x);
  }

  /** Returns the matrix product of a [M, K] and b [K, N]. */
  public static Value matMul(Value a, Value b) {
    return a.graph().apply(new MatMul(), a, b);
  }

  /** Returns x upsampled by 2 with nearest neighbours. */
  public static Value upsample(Value x) {
    return x.graph().apply(new Upsample2x(), x);
  }

  /** Returns the softmax of x along {@code axis}. */
  public static Value softmax(Value x, int axis) {
    return x.graph().apply(new Softmax(axis), x);
  }

  /** Returns the mean over height and width, [N, C, 1, 1]. */
  public static Value globalAveragePool(Value x) {
    return x.graph().apply(new GlobalAveragePool(), x);
  }

  /** Returns the sum over {@code axes}, which are dropped. */
  public static Value reduceSum(Value x, Integer... axes) {
    return x.graph().apply(new ReduceSum(List.of(axes), false), x);
  }

  /** Returns the mean over {@code axes}, which are dropped; over all axes if none is named. */
  public static Value mean(Value x, Integer... axes) {
    Value sum =
        axes.length > 0
            ? reduceSum(x, axes)
            : reduceSum(x, IntStream.range(0, x.shape().rank()).boxed().toArray(Integer[]::new));
    return mul(sum, (float) sum.shape().elements() / x.shape().elements());
  }

  /** Returns the elements of x in another shape. */
  public static Value reshape(Value x, int... shape) {
    Shape target = Shape.of(shape);
    return x.shape().equals(target) ? x : x.graph().apply(new Reshape(target), x);
  }

  /** Returns the concatenation along {@code axis}; of one value, the value itself. */
  public static Value concat(int axis, List<Value> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : parts.get(0).graph().apply(new Concat(axis), parts).get(0);
  }

  /** Returns the pieces of {@code sizes} along {@code axis}; of one size, the value itself. */
  public static List<Value> split(Value x, int axis, Integer... sizes) {
    return sizes.length == 1
        ? List.of(x)
        : x.graph().apply(new Split(axis, Arrays.asList(sizes)), List.of(x));
  }

  /** Returns x, letting no gradient back. */
  public static Value stopGradient(Value x) {
    return x.graph().apply(new StopGradient(), x);
  }

  private static Value scalar(Value like, float value) {
    return like.graph().constant(Constant.scalar(value));
  }

  /** Broadcasts by itself instead of reading the copies that an {@link Expand} would make. */
  private static Value binary(BinaryOp op, Value a, Value b) {
    Shape result = a.shape().broadcast(b.shape());
    Value left = unexpanded(a);
    Value right = unexpanded(b);
    if (left.shape().broadcast(right.shape()).equals(result)) {
      return a.graph().apply(op, left, right);
    }
    if (left.shape().broadcast(b.shape()).equals(result)) {
      return a.graph().apply(op, left, b);
    }
    return a.graph().apply(op, a, a.shape().broadcast(right.shape()).equals(result) ? right : b);
  }

  private static Value unexpanded(Value x) {
    return x.producer()
        .filter(node -> node.op() instanceof Expand)
        .map(node -> node.inputs().get(0))
        .orElse(x);
  }
}
