package io.semimoe.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operator makes of the types of its inputs, and what it says when they do not fit. */
class ShapeInferenceTest {
  private static final TensorType X = f(2, 3, 4, 6);
  private static final TensorType FLAG = b(1);

  record Valid(Op op, List<TensorType> inputs, List<TensorType> outputs) {}

  record Invalid(Op op, List<TensorType> inputs, String expected) {}

  static Stream<Valid> valid() {
    return Stream.of(
        ok(UnaryOp.RELU, in(f()), f()),
        ok(UnaryOp.TANH, in(X), X),
        ok(BinaryOp.ADD, in(f(2, 1, 4), f(3, 1)), f(2, 3, 4)),
        ok(BinaryOp.DIV, in(f(5), f()), f(5)),
        ok(new Sum(), in(X, X, X), X),
        ok(new Greater(), in(f(2, 1), f(3)), b(2, 3)),
        ok(new Where(), in(b(1), f(2, 3), f(3)), f(2, 3)),
        ok(new Where(), in(b(4, 1, 1), f(2, 1), f(3)), f(4, 2, 3)),
        ok(new Cast(), in(b(2, 3)), f(2, 3)),
        ok(new StopGradient(), in(X), X),
        ok(Conv.same(3), in(X, f(5, 3, 3, 3)), f(2, 5, 4, 6)),
        ok(Conv.same(1), in(X, f(5, 3, 1, 1), f(5)), f(2, 5, 4, 6)),
        ok(new Conv(2, 1), in(X, f(5, 3, 2, 2)), f(2, 5, 5, 7)),
        ok(new Conv(2, 0), in(X, f(5, 3, 2, 2)), f(2, 5, 3, 5)),
        ok(
            new ConvGrad(new Conv(2, 1), true, true, false),
            in(f(2, 5, 5, 7), X, f(5, 3, 2, 2)),
            X,
            f(5, 3, 2, 2)),
        ok(new MatMul(), in(f(2, 3), f(3, 5)), f(2, 5)),
        ok(new DepthToSpace2x(), in(f(2, 8, 4, 6)), f(2, 2, 8, 12)),
        ok(new SpaceToDepth2x(), in(X), f(2, 12, 2, 3)),
        ok(new Crop(1), in(X), f(2, 3, 2, 4)),
        ok(new Pad(2), in(X), f(2, 3, 8, 10)),
        ok(
            new ConvGrad(Conv.same(3), true, true, true),
            in(f(2, 5, 4, 6), X, f(5, 3, 3, 3)),
            X,
            f(5, 3, 3, 3),
            f(5)),
        ok(
            new ConvGrad(Conv.same(3), false, false, true),
            in(f(2, 5, 4, 6), X, f(5, 3, 3, 3)),
            f(5)),
        ok(new BatchNormInternal(1e-5f), in(X, f(3), f(3), f(3), f(3)), X, f(3), f(3), f(3), f(3)),
        ok(new BatchNormalization(1e-5f), in(X, f(3), f(3), f(3), f(3)), X),
        ok(new BatchNormalizationGrad(1e-5f), in(X, X, f(3), f(3), f(3)), X, f(3), f(3)),
        ok(new MaxPool2x2(), in(X), f(2, 3, 2, 3)),
        ok(new AveragePool2x2(), in(X), f(2, 3, 2, 3)),
        ok(new Upsample2x(), in(X), f(2, 3, 8, 12)),
        ok(new GlobalAveragePool(), in(X), f(2, 3, 1, 1)),
        ok(new Softmax(1), in(X), X),
        ok(UnaryGrad.RELU, in(X, X), X),
        ok(UnaryGrad.TANH, in(f(), f()), f()),
        ok(new ReduceSum(List.of(1, 3), false), in(X), f(2, 4)),
        ok(new ReduceSum(List.of(1, 3), true), in(X), f(2, 1, 4, 1)),
        ok(new ReduceSum(List.of(0), false), in(f(7)), f()),
        ok(new Concat(1), in(X, f(2, 1, 4, 6)), f(2, 4, 4, 6)),
        ok(new Split(1, List.of(1, 2)), in(X), f(2, 1, 4, 6), f(2, 2, 4, 6)),
        ok(new Reshape(Shape.of(6, 24)), in(X), f(6, 24)),
        ok(new Reshape(Shape.of(6)), in(i(2, 3)), i(6)),
        ok(new Transpose(List.of(1, 0, 2, 3)), in(X), f(3, 2, 4, 6)),
        ok(new Transpose(List.of(3, 0, 1, 2)), in(X), f(6, 2, 3, 4)),
        ok(new Expand(Shape.of(2, 3)), in(f(3)), f(2, 3)),
        ok(new InPlaceAccumulator(), in(X, X, FLAG), FLAG));
  }

  static Stream<Invalid> invalid() {
    return Stream.of(
        bad(UnaryOp.RELU, in(), "1 input(s)"),
        bad(UnaryOp.TANH, in(b(2)), "float32 inputs"),
        bad(UnaryGrad.RELU, in(f(2), f(3)), "dY of the shape of Y"),
        bad(BinaryOp.MUL, in(f(2)), "2 input(s)"),
        bad(BinaryOp.SUB, in(f(2), i(2)), "float32 inputs"),
        bad(new Sum(), in(f(2)), "two or more inputs of one shape"),
        bad(new Sum(), in(f(2), f(1)), "two or more inputs of one shape"),
        bad(new Greater(), in(f(2), b(2)), "float32 inputs"),
        bad(new Where(), in(f(1), f(2), f(2)), "a bool condition"),
        bad(new Where(), in(b(1), f(2), i(2)), "float32 values"),
        bad(new Cast(), in(f(2)), "a bool input"),
        bad(new StopGradient(), in(i(2)), "float32 inputs"),
        bad(Conv.same(3), in(X), "X, W and optionally B"),
        bad(Conv.same(3), in(f(2, 3), f(5, 3, 3, 3)), "an image tensor [N, C, H, W]"),
        bad(Conv.same(3), in(X, f(5, 4, 3, 3)), "weights [M, C, 3, 3] with the channels of X"),
        bad(Conv.same(1), in(X, f(5, 3, 3, 3)), "weights [M, C, 1, 1] with the channels of X"),
        bad(Conv.same(3), in(X, f(5, 3, 3, 3), f(3)), "a bias [M]"),
        bad(new Conv(5, 0), in(X, f(5, 3, 5, 5)), "a padded image of at least 5 x 5"),
        bad(new MatMul(), in(f(2, 3), f(2, 5)), "matrices [M, K] and [K, N]"),
        bad(new DepthToSpace2x(), in(X), "a number of channels divisible by 4"),
        bad(new SpaceToDepth2x(), in(f(1, 1, 3, 4)), "an even height and an even width"),
        bad(new Crop(2), in(X), "an image of more than 4 rows and columns"),
        bad(new Pad(1), in(f(3, 4)), "an image tensor [N, C, H, W]"),
        bad(
            new ConvGrad(Conv.same(3), true, true, false),
            in(f(2, 4, 4, 6), X, f(5, 3, 3, 3)),
            "dY like Y, X [N, C, H, W], W [M, C, 3, 3]"),
        bad(
            new ConvGrad(Conv.same(3), true, true, false),
            in(f(2, 5, 4, 6), X, f(5, 3, 1, 1)),
            "dY like Y, X [N, C, H, W], W [M, C, 3, 3]"),
        bad(new BatchNormInternal(1e-5f), in(X, f(3)), "5 input(s)"),
        bad(
            new BatchNormInternal(1e-5f),
            in(X, f(3), f(3), f(4), f(3)),
            "X [N, C, H, W] and scale, bias, mean, variance [C]"),
        bad(
            new BatchNormalization(1e-5f),
            in(f(3), f(3), f(3), f(3), f(3)),
            "an image tensor [N, C, H, W]"),
        bad(
            new BatchNormalizationGrad(1e-5f),
            in(f(2, 3, 4, 4), X, f(3), f(3), f(3)),
            "dY and X [N, C, H, W] and scale, saved mean, saved inverse deviation [C]"),
        bad(
            new BatchNormalizationGrad(1e-5f),
            in(X, X, f(3), f(4), f(3)),
            "dY and X [N, C, H, W] and scale, saved mean, saved inverse deviation [C]"),
        bad(new MaxPool2x2(), in(f(1, 1, 4, 5)), "an even height and an even width"),
        bad(new AveragePool2x2(), in(f(1, 1, 3, 4)), "an even height and an even width"),
        bad(new Upsample2x(), in(f(3, 4)), "an image tensor [N, C, H, W]"),
        bad(new GlobalAveragePool(), in(f(3, 4)), "an image tensor [N, C, H, W]"),
        bad(new Softmax(4), in(X), "inputs that have axis 4"),
        bad(new Softmax(-1), in(X), "inputs that have axis -1"),
        bad(new ReduceSum(List.of(), true), in(X), "one or more axes"),
        bad(new ReduceSum(List.of(0, 4), true), in(X), "inputs that have axis 4"),
        bad(new ReduceSum(List.of(1, 1), true), in(X), "each axis once, not [1, 1]"),
        bad(new Concat(0), in(), "one or more inputs"),
        bad(new Concat(1), in(X, f(2, 3, 4, 5)), "shapes that differ only in axis 1"),
        bad(new Concat(1), in(X, f(2, 3)), "shapes that differ only in axis 1"),
        bad(
            new Split(1, List.of(1, 1)),
            in(X),
            "pieces [1, 1] that add up to the length of axis 1"),
        bad(new Reshape(Shape.of(5)), in(f(2, 3)), "as many elements as in [5]"),
        bad(new Transpose(List.of(0, 0)), in(f(2, 3)), "a permutation of the axes, not [0, 0]"),
        bad(new Transpose(List.of(1, 0)), in(X), "a permutation of the axes, not [1, 0]"),
        bad(new Expand(Shape.of(3)), in(f(2, 3)), "an input that broadcasts to [3]"),
        bad(
            new InPlaceAccumulator(),
            in(X, X, b()),
            "a float32 buffer, a value of its shape and a flag bool [1]"),
        bad(
            new InPlaceAccumulator(),
            in(i(2), i(2), FLAG),
            "a float32 buffer, a value of its shape and a flag bool [1]"),
        bad(
            new InPlaceAccumulator(),
            in(X, f(2), FLAG),
            "a float32 buffer, a value of its shape and a flag bool [1]"));
  }

  @ParameterizedTest
  @MethodSource
  void valid(Valid c) {
    assertThat(c.op().infer(c.inputs())).isEqualTo(c.outputs());
  }

  @ParameterizedTest
  @MethodSource
  void invalid(Invalid c) {
    assertThatThrownBy(() -> c.op().infer(c.inputs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(c.op().type() + ": expected " + c.expected() + ", found inputs " + c.inputs());
  }

  @Test
  void everyOperatorHasBothKindsOfCase() {
    Set<Class<?>> all = Set.of(Op.class.getPermittedSubclasses());
    assertThat(valid().map(c -> declared(c.op())).collect(Collectors.toSet())).isEqualTo(all);
    assertThat(invalid().map(c -> declared(c.op())).collect(Collectors.toSet())).isEqualTo(all);
  }

  @Test
  void shapesThatDoNotBroadcastAreNamed() {
    assertThatThrownBy(() -> BinaryOp.ADD.infer(in(f(2), f(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2] and [3] do not broadcast");
  }

  @Test
  void aConvolutionHasAnOddKernel() {
    for (int kernel : new int[] {-1, 0, 2}) {
      assertThatThrownBy(() -> Conv.same(kernel))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected an odd kernel size, found " + kernel);
    }
  }

  @Test
  void theKernelOfAConvolutionReachesIntoTheImage() {
    assertThatThrownBy(() -> new Conv(0, 0)).hasMessageContaining("a kernel size of 1 or more");
    assertThatThrownBy(() -> new Crop(0)).hasMessageContaining("a border of 1 or more, found 0");
    assertThatThrownBy(() -> new Pad(-1)).hasMessageContaining("a border of 1 or more, found -1");
    assertThatThrownBy(() -> new Conv(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a padding of 0 to 1 for a kernel size of 2, found 2");
  }

  @Test
  void gradientsThatAreNotWantedLeaveTheirOutputOut() {
    assertThat(new ConvGrad(Conv.same(3), false, true, true).outputSlot(0)).isEqualTo(1);
    assertThat(new ConvGrad(Conv.same(3), false, true, true).outputSlot(1)).isEqualTo(2);
    assertThat(new ConvGrad(Conv.same(3), true, false, true).outputSlot(1)).isEqualTo(2);
    assertThatThrownBy(() -> new ConvGrad(Conv.same(3), false, true, false).outputSlot(1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aConstantHasAsManyValuesAsItsShape() {
    assertThat(Constant.floats(Shape.of(2, 1), 1, 2).type()).isEqualTo(f(2, 1));
    assertThat(Constant.longs(1, 2, 3).type()).isEqualTo(i(3));
    assertThat(Constant.flag(true).type()).isEqualTo(FLAG);
    assertThatThrownBy(() -> Constant.floats(Shape.of(3), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 3 values for shape [3], found 2");
  }

  /** The permitted class of {@link Op}, also where an enum constant has a body. */
  private static Class<?> declared(Op op) {
    return op instanceof Enum<?> e ? e.getDeclaringClass() : op.getClass();
  }

  private static Valid ok(Op op, List<TensorType> inputs, TensorType... outputs) {
    return new Valid(op, inputs, List.of(outputs));
  }

  private static Invalid bad(Op op, List<TensorType> inputs, String expected) {
    return new Invalid(op, inputs, expected);
  }

  private static List<TensorType> in(TensorType... types) {
    return List.of(types);
  }

  private static TensorType f(int... dims) {
    return TensorType.floats(Shape.of(dims));
  }

  private static TensorType i(int... dims) {
    return new TensorType(ElementType.INT64, Shape.of(dims));
  }

  private static TensorType b(int... dims) {
    return new TensorType(ElementType.BOOL, Shape.of(dims));
  }
}
