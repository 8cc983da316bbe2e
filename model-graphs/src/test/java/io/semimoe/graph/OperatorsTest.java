package io.semimoe.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.graph.op.Expand;
import io.semimoe.graph.op.Op;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorsTest {
  private final Graph graph = new Graph();
  private final Value small = graph.input("small", TensorType.floats(Shape.of(1, 3)));
  private final Value large = graph.input("large", TensorType.floats(Shape.of(2, 3)));
  private final Value expanded = graph.apply(new Expand(Shape.of(2, 3)), small);

  @Test
  void arithmeticBroadcastsInsteadOfReadingExpandedCopies() {
    assertThat(operands(Operators.mul(expanded, large))).containsExactly(small, large);
    assertThat(operands(Operators.add(large, expanded))).containsExactly(large, small);
  }

  @Test
  void anExpandedCopyThatGivesTheShapeIsKept() {
    Value product = Operators.mul(expanded, 2);
    assertThat(product.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(operands(product).get(0)).isSameAs(expanded);
    Value square = Operators.mul(expanded, expanded);
    assertThat(square.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(Operators.sub(expanded, small).shape()).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void aScalarOnTheLeftIsTheMinuend() {
    Value difference = Operators.sub(1, large);
    assertThat(operands(difference).get(1)).isSameAs(large);
    assertThat(operands(difference).get(0).kind()).isEqualTo(Value.Kind.CONSTANT);
  }

  @Test
  void whatChangesNothingAddsNoNode() {
    int nodes = graph.nodes().size();
    assertThat(Operators.reshape(large, 2, 3)).isSameAs(large);
    assertThat(Operators.concat(0, List.of(large))).isSameAs(large);
    assertThat(Operators.split(large, 1, 3)).containsExactly(large);
    assertThat(graph.nodes()).hasSize(nodes);
  }

  @Test
  void shapesOfTheShortForms() {
    Value image = graph.input("image", TensorType.floats(Shape.of(2, 3, 8, 4)));
    Value weight = graph.input("weight", TensorType.floats(Shape.of(5, 3, 3, 3)));
    Value bias = graph.input("bias", TensorType.floats(Shape.of(5)));
    assertThat(Operators.conv(image, weight).shape()).isEqualTo(Shape.of(2, 5, 8, 4));
    assertThat(Operators.conv(image, weight, bias).shape()).isEqualTo(Shape.of(2, 5, 8, 4));
    assertThat(Operators.maxPool(image).shape()).isEqualTo(Shape.of(2, 3, 4, 2));
    assertThat(Operators.upsample(image).shape()).isEqualTo(Shape.of(2, 3, 16, 8));
    assertThat(Operators.globalAveragePool(image).shape()).isEqualTo(Shape.of(2, 3, 1, 1));
    assertThat(Operators.mean(image).shape()).isEqualTo(Shape.SCALAR);
    assertThat(Operators.mean(image, 1, 3).shape())
        .isEqualTo(Shape.of(image.shape().dim(0), image.shape().dim(2)));
    assertThat(Operators.reduceSum(image, 0, 2, 3).shape()).isEqualTo(Shape.of(3));
    assertThat(Operators.split(image, 2, 5, 3))
        .extracting(Value::shape)
        .containsExactly(Shape.of(2, 3, 5, 4), Shape.of(2, 3, 3, 4));
  }

  private static List<Value> operands(Value value) {
    Node node = value.producer().orElseThrow();
    Op op = node.op();
    assertThat(op).isNotInstanceOf(Expand.class);
    return node.inputs();
  }
}
