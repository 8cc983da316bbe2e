package io.semimoe.graph.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  private static final Initialization NORMAL = new Initialization.KaimingNormal();

  private final Graph graph = new Graph();

  @Test
  void everyParameterAndStateGetsOneThatBeginsAlike() {
    network();

    WeightAverage.add(graph);

    assertThat(graph.inputs()).extracting(Value::name).containsExactly("x", "average_rate");
    assertThat(graph.parameters()).extracting(Variable::name).containsExactly("w", "b");
    assertThat(graph.states())
        .extracting(Variable::name)
        .containsExactlyInAnyOrder("s", "average.w", "average.b", "average.s");
    for (Variable average : graph.states().subList(1, 4)) {
      Variable source = variable(WeightAverage.source(average.name()));
      assertThat(average.value().shape()).isEqualTo(source.value().shape());
      assertThat(average.initialValues(3)).isEqualTo(source.initialValues(3));
      assertThat(graph.accumulations()).containsKey(average.value());
    }
    assertThat(graph.assignments()).containsOnlyKeys(variable("s").value());
  }

  @Test
  void aGraphWithoutVectorsHasAverages() {
    graph.parameter("w", Shape.of(2, 3), NORMAL);

    WeightAverage.add(graph);

    assertThat(graph.states()).extracting(Variable::name).containsExactly("average.w");
  }

  @Test
  void aStateThatNothingIsAssignedToIsNamed() {
    graph.state("s", Shape.of(2), NORMAL);

    assertThatThrownBy(() -> WeightAverage.add(graph))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'s'")
        .hasMessageContaining("expected a state that is assigned to");
  }

  @Test
  void namesAreThoseOfTheSource() {
    assertThat(WeightAverage.source("average.a.weight")).isEqualTo("a.weight");
    assertThat(WeightAverage.source("a.average.weight")).isEqualTo("a.average.weight");
  }

  private void network() {
    Value x = graph.input("x", TensorType.floats(Shape.of(4, 2)));
    Value w = graph.parameter("w", Shape.of(2, 3), NORMAL);
    Value b = graph.parameter("b", Shape.of(3), NORMAL);
    Value s = graph.state("s", Shape.of(3), NORMAL);
    Value y = Operators.add(Operators.matMul(x, w), b);
    graph.assign(s, Operators.add(s, Operators.reduceSum(y, 0)));
  }

  private Variable variable(String name) {
    return Stream.concat(graph.parameters().stream(), graph.states().stream())
        .filter(v -> v.name().equals(name))
        .findAny()
        .orElseThrow();
  }
}
