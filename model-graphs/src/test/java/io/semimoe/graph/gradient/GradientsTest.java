package io.semimoe.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Node;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.BatchNormInternal;
import io.semimoe.graph.op.BatchNormalization;
import io.semimoe.graph.op.BinaryOp;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.ConvGrad;
import io.semimoe.graph.op.Expand;
import io.semimoe.graph.op.ReduceSum;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.Sum;
import io.semimoe.graph.op.TensorType;
import io.semimoe.graph.op.UnaryGrad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The structure of the backward graph; its numbers are checked where there is a runtime. */
class GradientsTest {
  private final Graph graph = new Graph();

  @Test
  void gradientsComeInTheOrderAndShapesOfTheVariables() {
    Value a = parameter("a", 2, 3);
    Value b = parameter("b", 3);
    Map<Value, Value> gradients = Gradients.of(Operators.mean(Operators.mul(a, b)), List.of(b, a));
    assertThat(gradients.keySet()).containsExactly(b, a);
    gradients.forEach(
        (variable, gradient) -> assertThat(gradient.type()).isEqualTo(variable.type()));
  }

  @Test
  void onlyAValueOfOneElementIsDifferentiated() {
    Value a = parameter("a", 2);
    assertThatThrownBy(() -> Gradients.of(a, List.of(a)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("only a value with one element can be differentiated, found 'a' float32 [2]");
  }

  @Test
  void aVariableWithoutInfluenceIsNamed() {
    Value a = parameter("a", 2);
    Value idle = parameter("idle", 2);
    Value target = Operators.mean(a);
    assertThatThrownBy(() -> Gradients.of(target, List.of(a, idle)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not depend on 'idle'");
  }

  @Test
  void aMissingRuleNamesOperatorAndNode() {
    Value image = input("image", 1, 2, 4, 4);
    Value scale = parameter("scale", 2);
    Value channel = input("channel", 2);
    Value y =
        graph.scoped(
            "block",
            () ->
                graph.apply(
                    new BatchNormalization(1e-5f), image, scale, channel, channel, channel));
    Value target = Operators.mean(y);
    assertThatThrownBy(() -> Gradients.of(target, List.of(scale)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no gradient rule for BatchNormalization 'block.BatchNormalization'");
    assertThat(Gradients.isDefinedFor(new BatchNormalization(1e-5f))).isFalse();
  }

  @Test
  void anOutputWithoutRuleIsNamed() {
    Value image = parameter("image", 1, 2, 4, 4);
    Value channel = input("channel", 2);
    List<Value> outputs =
        graph.apply(
            new BatchNormInternal(1e-5f), List.of(image, channel, channel, channel, channel));
    for (int i = 1; i < 5; i++) {
      Value target = Operators.mean(Operators.add(outputs.get(i), Operators.mean(outputs.get(0))));
      assertThatThrownBy(() -> Gradients.of(target, List.of(image)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("no gradient rule for output " + i + " of BatchNormInternal");
    }
    assertThat(Gradients.of(Operators.mean(outputs.get(0)), List.of(image)))
        .containsOnlyKeys(image);
  }

  @Test
  void aNodeWithoutRuleDoesNotMatterOffThePath() {
    Value channel = input("channel", 2);
    Value image = input("image", 1, 2, 4, 4);
    Value normalized =
        graph.apply(new BatchNormalization(1e-5f), image, channel, channel, channel, channel);
    Value a = parameter("a", 1);
    Value target = Operators.mean(Operators.mul(normalized, a));
    assertThat(Gradients.of(target, List.of(a))).containsOnlyKeys(a);
  }

  @Test
  void noGradientPassesAStop() {
    Value a = parameter("a", 2);
    Value b = parameter("b", 2);
    Value stopped = Operators.stopGradient(Operators.tanh(a));
    Value target = Operators.mean(Operators.mul(stopped, b));
    int forward = graph.nodes().size();
    assertThatThrownBy(() -> Gradients.of(target, List.of(a)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not depend on 'a'");
    Gradients.of(target, List.of(b));
    assertThat(added(forward)).noneMatch(node -> node.op() instanceof UnaryGrad);
  }

  @Test
  void aPathBesideTheStopCounts() {
    Value a = parameter("a", 2);
    Value target = Operators.mean(Operators.mul(Operators.stopGradient(a), a));
    Value gradient = Gradients.of(target, List.of(a)).get(a);
    Node product = gradient.producer().orElseThrow();
    assertThat(product.op()).isEqualTo(BinaryOp.MUL);
    assertThat(product.inputs().get(1).name()).isEqualTo("Identity:0");
  }

  @Test
  void onlyPathsToVariablesAreDifferentiated() {
    Value image = input("image", 1, 3, 8, 8);
    Value w = parameter("w", 4, 3, 3, 3);
    Value frozen = input("frozen", 2, 4, 3, 3);
    Value hidden = Operators.conv(Operators.tanh(image), w);
    Value target = Operators.mean(Operators.conv(hidden, frozen));
    int forward = graph.nodes().size();
    Gradients.of(target, List.of(w));
    assertThat(added(forward))
        .extracting(Node::op)
        .filteredOn(op -> op instanceof ConvGrad || op instanceof UnaryGrad)
        .containsExactly(
            new ConvGrad(Conv.same(3), true, false, false),
            new ConvGrad(Conv.same(3), false, true, false));
  }

  @Test
  void stretchedAxesAreSummedAndMissingOnesDropped() {
    Value a = parameter("a", 3, 1);
    Value large = input("large", 2, 3, 4);
    Value scalar = parameter("scalar");
    Value equal = parameter("equal", 2, 3, 4);
    Value sum = Operators.add(Operators.mul(large, a), Operators.mul(large, scalar));
    Value target = Operators.mean(Operators.mul(sum, equal));
    int forward = graph.nodes().size();
    Map<Value, Value> gradients = Gradients.of(target, List.of(a, scalar, equal));
    gradients.forEach((v, gradient) -> assertThat(gradient.shape()).isEqualTo(v.shape()));
    assertThat(added(forward))
        .extracting(Node::op)
        .filteredOn(ReduceSum.class::isInstance)
        .containsExactlyInAnyOrder(
            new ReduceSum(List.of(0, 2), true), new ReduceSum(List.of(0, 1, 2), true));
  }

  @Test
  void contributionsAreSummedInOneNode() {
    Value a = parameter("a", 2);
    Value b = input("b", 2);
    Value c = input("c", 2);
    Value d = input("d", 2);
    List<Value> products = new ArrayList<>();
    for (Value factor : List.of(b, c, d)) {
      products.add(Operators.mul(a, factor));
    }
    Value sum = graph.apply(new Sum(), products).get(0);
    Value gradient = Gradients.of(Operators.mean(sum), List.of(a)).get(a);
    Node last = gradient.producer().orElseThrow();
    assertThat(last.op()).isEqualTo(new Sum());
    assertThat(last.inputs()).hasSize(3);
  }

  @Test
  void aSplitWhosePiecesAreNotAllReadGetsZeros() {
    Value a = parameter("a", 5);
    Value second = Operators.split(a, 0, 2, 3).get(1);
    Value gradient = Gradients.of(Operators.mean(second), List.of(a)).get(a);
    Node concat = gradient.producer().orElseThrow();
    assertThat(concat.inputs()).extracting(Value::shape).containsExactly(Shape.of(2), Shape.of(3));
    assertThat(concat.inputs().get(0).producer().orElseThrow().op())
        .isEqualTo(new Expand(Shape.of(2)));
  }

  @Test
  void aConvolutionHasOneNodeForAllItsGradients() {
    Value image = parameter("image", 1, 3, 8, 8);
    Value w = parameter("w", 2, 3, 3, 3);
    int forward = graph.nodes().size();
    Gradients.of(Operators.mean(Operators.conv(image, w)), List.of(image, w));
    assertThat(added(forward))
        .extracting(Node::op)
        .filteredOn(ConvGrad.class::isInstance)
        .containsExactly(new ConvGrad(Conv.same(3), true, true, false));
  }

  private List<Node> added(int from) {
    return graph.nodes().subList(from, graph.nodes().size());
  }

  private Value parameter(String name, int... dims) {
    return graph.parameter(name, Shape.of(dims), new Initialization.Constant(0));
  }

  private Value input(String name, int... dims) {
    return graph.input(name, TensorType.floats(Shape.of(dims)));
  }
}
