package io.semimoe.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.op.BinaryOp;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.Split;
import io.semimoe.graph.op.TensorType;
import io.semimoe.graph.op.UnaryOp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static final Shape SHAPE = Shape.of(2, 3);
  private static final Initialization ZERO = new Initialization.Constant(0);

  private final Graph graph = new Graph();
  private final Value x = graph.input("x", TensorType.floats(SHAPE));

  @Test
  void aNameIsGivenOnce() {
    for (Runnable second :
        List.<Runnable>of(
            () -> graph.input("x", TensorType.floats(SHAPE)),
            () -> graph.parameter("x", SHAPE, ZERO),
            () -> graph.state("x", SHAPE, ZERO),
            () -> graph.output("x", graph.apply(UnaryOp.RELU, x)))) {
      assertThatThrownBy(second::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the name 'x' is taken");
    }
    assertThat(graph.inputs()).containsExactly(x);
    assertThat(graph.parameters()).isEmpty();
    assertThat(graph.states()).isEmpty();
    assertThat(graph.outputs()).isEmpty();
  }

  @Test
  void nodesOfOneOperatorGetNamesOfTheirOwn() {
    graph.apply(UnaryOp.RELU, x);
    graph.apply(UnaryOp.RELU, x);
    graph.scoped("a", () -> graph.scoped("b", () -> graph.apply(UnaryOp.RELU, x)));
    graph.scoped("a", () -> graph.apply(UnaryOp.TANH, x));
    graph.apply(UnaryOp.TANH, x);
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("Relu", "Relu.1", "a.b.Relu", "a.Tanh", "Tanh");
  }

  @Test
  void aScopeEndsAlsoWhenItsBodyFails() {
    assertThatThrownBy(
            () ->
                graph.scoped(
                    "a",
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    graph.apply(UnaryOp.RELU, x);
    assertThat(graph.nodes()).extracting(Node::name).containsExactly("Relu");
  }

  @Test
  void valuesOfAnotherGraphAreRefused() {
    Value foreign = new Graph().input("y", TensorType.floats(SHAPE));
    assertThatThrownBy(() -> graph.apply(BinaryOp.ADD, x, foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Add 'Add': 'y' float32 [2, 3] belongs to another graph");
    Value computed = foreign.graph().apply(UnaryOp.RELU, foreign);
    assertThatThrownBy(() -> graph.output("z", computed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("output 'z'")
        .hasMessageContaining("'Relu:0' float32 [2, 3]");
    assertThat(graph.nodes()).isEmpty();
  }

  @Test
  void inputsThatDoNotFitAreReportedWithNodeAndOperands() {
    assertThatThrownBy(() -> graph.scoped("block", () -> graph.apply(Conv.same(3), x, x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Conv 'block.Conv' on ['x' float32 [2, 3], 'x' float32 [2, 3]]: Conv: expected an image"
                + " tensor [N, C, H, W], found inputs [float32 [2, 3], float32 [2, 3]]");
    Value y = graph.input("y", TensorType.floats(Shape.of(2)));
    assertThatThrownBy(() -> graph.apply(BinaryOp.MUL, x, y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Mul 'Mul' on ['x' float32 [2, 3], 'y' float32 [2]]: shapes [2, 3] and [2] do not"
                + " broadcast to each other");
  }

  @Test
  void aVariableOfOneNameIsOneValue() {
    Value first = graph.parameter("w", SHAPE, ZERO);
    assertThat(graph.parameter("w", SHAPE, ZERO)).isSameAs(first);
    assertThat(graph.parameters()).hasSize(1);
    assertThatThrownBy(() -> graph.parameter("w", Shape.of(3), ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'w' has shape [2, 3], but was asked for with shape [3]");
    assertThatThrownBy(() -> graph.state("w", SHAPE, ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name 'w' is taken");
  }

  @Test
  void equalConstantsAreOneValue() {
    Value half = graph.constant(Constant.scalar(0.5f));
    assertThat(graph.constant(Constant.scalar(0.5f))).isSameAs(half);
    assertThat(graph.constant(Constant.scalar(0.25f))).isNotSameAs(half);
    assertThat(graph.content(half)).isEqualTo(Constant.scalar(0.5f));
    assertThatThrownBy(() -> graph.content(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x'");
  }

  @Test
  void namesOfConstantsAreKeptForThem() {
    assertThatThrownBy(() -> graph.input("constant.0", TensorType.floats(SHAPE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name 'constant.0' is kept for constants");
    assertThat(graph.input("constant.x", TensorType.floats(SHAPE)).name()).isEqualTo("constant.x");
  }

  @Test
  void onlyComputedValuesBecomeOutputsAndOnlyOnce() {
    assertThatThrownBy(() -> graph.output("y", x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be computed by a node of this graph, found 'x'");
    Value y = graph.apply(UnaryOp.RELU, x);
    graph.output("y", y);
    assertThatThrownBy(() -> graph.output("again", y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is an output already");
    assertThat(graph.outputs()).containsOnlyKeys("y");
  }

  @Test
  void onlyStatesAreAssignedToAndOnlyOnceAndOnlyValuesOfTheirType() {
    Value state = graph.state("s", SHAPE, ZERO);
    Value y = graph.apply(UnaryOp.RELU, x);
    assertThatThrownBy(() -> graph.assign(x, y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a state of this graph to assign to, found 'x'");
    Value row = Operators.reduceSum(y, 0);
    for (Value wrong : List.of(x, row)) {
      assertThatThrownBy(() -> graph.assign(state, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a computed value of its type to assign, found " + wrong);
    }
    graph.assign(state, y);
    assertThatThrownBy(() -> graph.assign(state, y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is assigned to already");
    assertThat(graph.assignments()).containsExactly(Map.entry(state, y));
  }

  @Test
  void aStateIsAssignedToOrAccumulatedInto() {
    Value state = graph.state("s", SHAPE, ZERO);
    Value other = graph.state("t", SHAPE, ZERO);
    Value y = graph.apply(UnaryOp.RELU, x);
    graph.accumulate(state, y);
    graph.assign(other, y);
    for (Runnable second :
        List.<Runnable>of(
            () -> graph.assign(state, y),
            () -> graph.accumulate(state, y),
            () -> graph.accumulate(other, y))) {
      assertThatThrownBy(second::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is assigned to already");
    }
    assertThat(graph.accumulations()).containsExactly(Map.entry(state, y));
    assertThat(graph.assignments()).containsExactly(Map.entry(other, y));
  }

  @Test
  void aPrefixStandsBeforeTheNamesOfVariablesAlone() {
    Graph prefixed = new Graph("average.");
    prefixed.input("x", TensorType.floats(SHAPE));
    prefixed.parameter("w", SHAPE, ZERO);
    prefixed.state("s", SHAPE, ZERO);

    assertThat(prefixed.parameter("w", SHAPE, ZERO).name()).isEqualTo("average.w");
    assertThat(prefixed.parameters()).extracting(Variable::name).containsExactly("average.w");
    assertThat(prefixed.states()).extracting(Variable::name).containsExactly("average.s");
    assertThat(prefixed.inputs()).extracting(Value::name).containsExactly("x");
  }

  @Test
  void aComputedValueKnowsItsNode() {
    Value image = graph.input("image", TensorType.floats(Shape.of(1, 1, 2, 2)));
    List<Value> halves = graph.apply(new Split(2, List.of(1, 1)), List.of(image));
    Node node = graph.nodes().get(0);
    assertThat(halves)
        .isEqualTo(node.outputs())
        .extracting(Value::producer)
        .containsOnly(Optional.of(node));
    assertThat(halves).extracting(Value::name).containsExactly("Split:0", "Split:1");
    assertThat(node).hasToString("Split 'Split'");
    assertThat(x.producer()).isEmpty();
  }
}
