package io.semimoe.verification;

import static io.semimoe.verification.GradientCase.check;
import static io.semimoe.verification.GradientCase.condition;
import static io.semimoe.verification.GradientCase.distinct;
import static io.semimoe.verification.GradientCase.fixed;
import static io.semimoe.verification.GradientCase.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.gradient.Gradients;
import io.semimoe.graph.op.AveragePool2x2;
import io.semimoe.graph.op.BatchNormInternal;
import io.semimoe.graph.op.BatchNormalization;
import io.semimoe.graph.op.BatchNormalizationGrad;
import io.semimoe.graph.op.BinaryOp;
import io.semimoe.graph.op.Cast;
import io.semimoe.graph.op.Concat;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.ConvGrad;
import io.semimoe.graph.op.Crop;
import io.semimoe.graph.op.DepthToSpace2x;
import io.semimoe.graph.op.Expand;
import io.semimoe.graph.op.GlobalAveragePool;
import io.semimoe.graph.op.Greater;
import io.semimoe.graph.op.InPlaceAccumulator;
import io.semimoe.graph.op.MatMul;
import io.semimoe.graph.op.MaxPool2x2;
import io.semimoe.graph.op.Op;
import io.semimoe.graph.op.Pad;
import io.semimoe.graph.op.ReduceSum;
import io.semimoe.graph.op.Reshape;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.Softmax;
import io.semimoe.graph.op.SpaceToDepth2x;
import io.semimoe.graph.op.Split;
import io.semimoe.graph.op.StopGradient;
import io.semimoe.graph.op.Sum;
import io.semimoe.graph.op.TensorType;
import io.semimoe.graph.op.Transpose;
import io.semimoe.graph.op.UnaryGrad;
import io.semimoe.graph.op.UnaryOp;
import io.semimoe.graph.op.Upsample2x;
import io.semimoe.graph.op.Where;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator that has a gradient, through the real runtime. */
@Tag(TestDevice.TAG)
class OperatorGradientTest {
  private static final long SEED = 20240917;
  private static final float EPSILON = 1e-5f;

  /** Operators through which nothing is differentiated, by definition. */
  private static final Set<Op> LETTING_NOTHING_BACK =
      Set.of(new StopGradient(), new Greater(), new Cast());

  /** Operators of backward passes, updates and inference, which nothing differentiates. */
  private static final Set<Op> WITHOUT_RULE =
      Set.of(
          new BatchNormalization(EPSILON),
          new BatchNormalizationGrad(EPSILON),
          new ConvGrad(Conv.same(3), true, true, true),
          new InPlaceAccumulator(),
          UnaryGrad.RELU,
          UnaryGrad.TANH);

  static Stream<GradientCase> cases() {
    return Stream.of(elementwise(), images(), shapes(), composites()).flatMap(s -> s);
  }

  private static Stream<GradientCase> elementwise() {
    Stream<GradientCase> binary =
        Stream.of(BinaryOp.values())
            .flatMap(
                op ->
                    Stream.of(
                        check(op, variable(2, 3), variable(2, 3)),
                        check(op, variable(2, 1, 4), variable(3, 1)),
                        check(op, variable(5), variable(2, 3, 5)),
                        check(op, variable(1, 3, 1, 1), variable(1, 3, 4, 2)),
                        check(op, variable(2, 2), variable()),
                        check(op, variable(), variable(1))));
    Stream<GradientCase> unary =
        Stream.of(UnaryOp.values())
            .flatMap(op -> Stream.of(check(op, variable(2, 3, 5, 4)), check(op, variable())));
    Stream<GradientCase> others =
        Stream.of(
            check(new Sum(), variable(2, 3), variable(2, 3)),
            check(new Sum(), variable(1, 3, 2, 5), variable(1, 3, 2, 5), variable(1, 3, 2, 5)),
            check(new Where(), condition(2, 3), variable(2, 3), variable(2, 3)),
            check(new Where(), condition(1), variable(2, 3), variable(3)),
            check(new Where(), condition(4, 1, 1), variable(2, 1), variable(3)),
            check(new Where(), condition(2, 3), variable(), variable(1, 3)),
            check(new Softmax(1), variable(2, 3)),
            check(new Softmax(1), variable(2, 3, 4, 2)),
            check(new Softmax(0), variable(7)),
            check(new Softmax(3), variable(1, 2, 2, 5)));
    return Stream.of(binary, unary, others).flatMap(s -> s);
  }

  private static Stream<GradientCase> images() {
    return Stream.of(
        check(Conv.same(3), variable(1, 3, 5, 7), variable(4, 3, 3, 3)),
        check(Conv.same(3), variable(2, 3, 8, 6), variable(5, 3, 3, 3), variable(5)),
        check(Conv.same(3), variable(2, 1, 1, 1), variable(1, 1, 3, 3)),
        check(Conv.same(5), variable(1, 2, 6, 4), variable(3, 2, 5, 5)),
        check(Conv.same(1), variable(2, 3, 4, 6), variable(2, 3, 1, 1), variable(2)),
        check(Conv.same(1), variable(3, 6, 1, 1), variable(4, 6, 1, 1), variable(4)),
        check(Conv.same(3), variable(1, 3, 64, 64), variable(2, 3, 3, 3)),
        check(Conv.same(3), variable(2, 2, 80, 56), variable(3, 2, 3, 3), variable(3)),
        check(Conv.same(5), variable(1, 1, 32, 128), variable(2, 1, 5, 5)),
        check(Conv.same(1), variable(1, 3, 64, 66), variable(5, 3, 1, 1), variable(5)),
        check(new Conv(2, 1), variable(2, 3, 4, 5), variable(4, 3, 2, 2)),
        check(new Conv(2, 0), variable(1, 2, 5, 3), variable(3, 2, 2, 2), variable(3)),
        check(new DepthToSpace2x(), variable(2, 8, 3, 2)),
        check(new SpaceToDepth2x(), variable(2, 3, 4, 6)),
        check(new Crop(1), variable(2, 3, 4, 5)),
        check(new Pad(2), variable(2, 3, 4, 5)),
        check(
            new BatchNormInternal(EPSILON),
            variable(2, 3, 4, 6),
            variable(3),
            variable(3),
            fixed(3),
            fixed(3)),
        check(
            new BatchNormInternal(EPSILON),
            variable(1, 5, 7, 3),
            variable(5),
            variable(5),
            fixed(5),
            fixed(5)),
        check(new MaxPool2x2(), distinct(1, 1, 2, 2)),
        check(new MaxPool2x2(), distinct(2, 3, 8, 6)),
        check(new MaxPool2x2(), distinct(1, 2, 4, 10)),
        check(new AveragePool2x2(), variable(1, 1, 2, 2)),
        check(new AveragePool2x2(), variable(2, 3, 8, 6)),
        check(new Upsample2x(), variable(1, 1, 1, 1)),
        check(new Upsample2x(), variable(2, 3, 5, 3)),
        check(new GlobalAveragePool(), variable(1, 3, 5, 7)),
        check(new GlobalAveragePool(), variable(2, 1, 1, 4)));
  }

  private static Stream<GradientCase> shapes() {
    return Stream.of(
        check(new ReduceSum(List.of(0), false), variable(7)),
        check(new ReduceSum(List.of(1, 3), false), variable(2, 3, 4, 5)),
        check(new ReduceSum(List.of(1, 3), true), variable(2, 3, 4, 5)),
        check(new ReduceSum(List.of(3, 0), false), variable(2, 3, 4, 5)),
        check(new Concat(1), variable(2, 3, 4), variable(2, 1, 4), variable(2, 2, 4)),
        check(new Concat(0), variable(3), variable(1)),
        check(new Split(1, List.of(1, 2, 3)), variable(2, 6, 2)),
        check(new Split(0, List.of(4, 1)), variable(5)),
        check(new MatMul(), variable(5, 3), variable(3, 4)),
        check(new MatMul(), variable(1, 7), variable(7, 1)),
        check(new Reshape(Shape.of(4, 6)), variable(2, 3, 4)),
        check(new Reshape(Shape.SCALAR), variable(1, 1)),
        check(new Transpose(List.of(1, 0, 2, 3)), variable(2, 3, 4, 5)),
        check(new Transpose(List.of(2, 0, 3, 1)), variable(2, 3, 4, 5)),
        check(new Expand(Shape.of(2, 3, 4)), variable(3, 1)),
        check(new Expand(Shape.of(2, 3)), variable(2, 3)),
        check(new Expand(Shape.of(3)), variable()));
  }

  private static Stream<GradientCase> composites() {
    return Stream.of(
        check(
            "a value that is read three times, once by its mean",
            (graph, v) -> {
              Value x = v.get(0);
              Value pooled = Operators.globalAveragePool(x);
              return Operators.mul(Operators.add(x, Operators.tanh(x)), pooled);
            },
            variable(2, 3, 4, 2)),
        check(
            "sums over different axes of one value",
            (graph, v) -> {
              Value x = v.get(0);
              Value rows = Operators.reduceSum(x, 1);
              Value all = graph.apply(new ReduceSum(List.of(0, 1), true), x);
              return Operators.add(Operators.mul(rows, all), Operators.div(rows, v.get(1)));
            },
            variable(3, 2),
            variable(3)),
        check(
            "a product of two expanded values",
            (graph, v) -> {
              Expand expand = new Expand(Shape.of(2, 3));
              return Operators.mul(graph.apply(expand, v.get(0)), graph.apply(expand, v.get(1)));
            },
            variable(3),
            variable(2, 1)),
        check(
            "a piece of a split beside pieces that are not read",
            (graph, v) -> Operators.tanh(Operators.split(v.get(0), 1, 2, 1, 3).get(1)),
            variable(2, 6)),
        check(
            "the maximum of a flat region",
            (graph, v) -> Operators.maxPool(Operators.upsample(v.get(0))),
            variable(2, 3, 4, 3)),
        check(
            "a maximum that two of four share",
            (graph, v) -> Operators.maxPool(Operators.concat(3, List.of(v.get(0), v.get(0)))),
            distinct(2, 3, 6, 1)),
        check(
            "a block with a skip connection",
            (graph, v) -> {
              Value hidden = Operators.tanh(Operators.conv(v.get(0), v.get(1)));
              Value up = Operators.upsample(Operators.globalAveragePool(hidden));
              return Operators.conv(Operators.concat(1, List.of(hidden, up)), v.get(2));
            },
            variable(1, 2, 2, 2),
            variable(3, 2, 3, 3),
            variable(2, 6, 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGradientIsTheDirectionalDerivative(GradientCase function) {
    GradientCheck.run(function, SEED);
  }

  @Test
  void everyOperatorIsCheckedOrDeclaredWithoutGradient() {
    Set<Class<?>> known = new HashSet<>();
    Stream.of(
            cases().map(GradientCase::op).flatMap(Optional::stream),
            LETTING_NOTHING_BACK.stream(),
            WITHOUT_RULE.stream())
        .flatMap(s -> s)
        .forEach(op -> known.add(op.getClass()));
    assertThat(known).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
    Set<Op> checked =
        cases().map(GradientCase::op).flatMap(Optional::stream).collect(Collectors.toSet());
    assertThat(checked)
        .containsAll(EnumSet.allOf(UnaryOp.class))
        .containsAll(EnumSet.allOf(BinaryOp.class))
        .allMatch(Gradients::isDefinedFor)
        .doesNotContainAnyElementsOf(LETTING_NOTHING_BACK);
    assertThat(LETTING_NOTHING_BACK).allMatch(Gradients::isDefinedFor);
    assertThat(WITHOUT_RULE).noneMatch(Gradients::isDefinedFor);
  }

  @Test
  void batchNormalisationUsesTheStatisticsOfTheBatch() {
    int channels = 3;
    int perImage = 4 * 6;
    Graph graph = new Graph();
    Value x = graph.input("x", TensorType.floats(Shape.of(2, channels, 4, 6)));
    Map<String, float[]> contents = new HashMap<>();
    Random random = new Random(SEED);
    contents.put("x", new GradientCase.Operand(x.type(), true, false).content(random));
    List<Value> vectors =
        Stream.of("scale", "bias", "mean", "variance")
            .map(name -> graph.input(name, TensorType.floats(Shape.of(channels))))
            .toList();
    contents.put("scale", new float[] {1, 0.5f, -2});
    contents.put("bias", new float[] {0, 1, -1});
    contents.put("mean", new float[] {100, 100, 100});
    contents.put("variance", new float[] {100, 100, 100});
    graph.output(
        "y",
        graph.apply(
            new BatchNormInternal(EPSILON),
            x,
            vectors.get(0),
            vectors.get(1),
            vectors.get(2),
            vectors.get(3)));

    float[] y = GraphRunner.run(graph, contents).get("y");
    float[] values = contents.get("x");
    for (int c = 0; c < channels; c++) {
      int channel = c;
      List<Integer> positions =
          Stream.iterate(0, i -> i < values.length, i -> i + 1)
              .filter(i -> i / perImage % channels == channel)
              .toList();
      double mean = positions.stream().mapToDouble(i -> values[i]).average().orElseThrow();
      double variance =
          positions.stream()
              .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
              .average()
              .orElseThrow();
      for (int i : positions) {
        double expected =
            (values[i] - mean) / Math.sqrt(variance + EPSILON) * contents.get("scale")[c]
                + contents.get("bias")[c];
        assertThat((double) y[i]).as("element %s", i).isCloseTo(expected, within(1e-5));
      }
    }
  }
}
