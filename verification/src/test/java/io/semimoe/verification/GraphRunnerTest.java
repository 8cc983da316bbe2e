package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.ElementType;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import io.semimoe.graph.op.Where;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphRunnerTest {
  private final Graph graph = new Graph();

  @BeforeEach
  void build() {
    Value flag = graph.input("flag", new TensorType(ElementType.BOOL, Shape.of(1)));
    Value x = graph.input("x", TensorType.floats(Shape.of(2)));
    Value w = graph.parameter("w", Shape.of(2), new Initialization.Constant(0));
    graph.output("chosen", graph.apply(new Where(), flag, x, w));
    graph.output("product", Operators.mul(x, w));
  }

  @Test
  void runsAgainWithOtherInputsAndParameters() {
    float[] x = {1, 2};
    float[] w = {3, 4};
    try (GraphRunner runner = GraphRunner.open(graph)) {
      Map<String, float[]> first = runner.run(Map.of("x", x, "w", w, "flag", new float[] {1}));
      assertThat(first.get("chosen")).containsExactly(1, 2);
      assertThat(first.get("product")).containsExactly(3, 8);
      w[1] = 5;
      Map<String, float[]> second = runner.run(Map.of("x", x, "w", w, "flag", new float[] {0}));
      assertThat(second.get("chosen")).containsExactly(3, 5);
      assertThat(second.get("product")).containsExactly(3, 10);
    }
  }

  @Test
  void namesTheInputThatIsMissing() {
    assertThatThrownBy(
            () -> GraphRunner.run(graph, Map.of("x", new float[2], "flag", new float[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'w'")
        .hasMessageContaining("found nothing");
  }
}
