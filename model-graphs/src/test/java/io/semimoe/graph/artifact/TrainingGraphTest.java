package io.semimoe.graph.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Node;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.network.SemiMoeNetwork;
import io.semimoe.graph.network.Task;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.ConvGrad;
import io.semimoe.graph.op.InPlaceAccumulator;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingGraphTest {
  private final Graph graph = new Graph();

  @Test
  void accumulatesEachGradientUntilTheReset() {
    Value loss = line();
    Map<Variable, Value> gradients = TrainingGraph.complete(loss);
    assertThat(gradients.keySet()).containsExactlyElementsOf(graph.parameters());
    assertThat(graph.inputs())
        .extracting(Value::name)
        .containsExactly(
            "x", "lazy_reset_grad", "w_grad.accumulation.buffer", "b_grad.accumulation.buffer");
    assertThat(graph.outputs().keySet())
        .containsExactly("w_grad.accumulation.out", "b_grad.accumulation.out");
    assertThat(graph.states()).isEmpty();
    for (Variable p : graph.parameters()) {
      List<Value> operands = accumulator(p).inputs();
      assertThat(operands)
          .containsExactly(
              input(p.name() + "_grad.accumulation.buffer"),
              gradients.get(p),
              input("lazy_reset_grad"));
      assertThat(operands.get(0).type()).isEqualTo(p.value().type());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void statesAreOverwrittenByWhatIsAssignedOrAddedTo(boolean assigned) {
    Value state = graph.state("s", Shape.SCALAR, new Initialization.Constant(0));
    Value loss = line();
    Value value = Operators.add(state, loss);
    if (assigned) {
      graph.assign(state, value);
    } else {
      graph.accumulate(state, value);
    }
    TrainingGraph.complete(loss);
    Node update = graph.outputs().get("s_grad.accumulation.out").producer().orElseThrow();
    assertThat(update.op()).isEqualTo(new InPlaceAccumulator());
    assertThat(update.inputs())
        .containsExactly(state, value, graph.constant(Constant.flag(assigned)));
  }

  @Test
  void aParameterWithoutInfluenceIsNamed() {
    Value loss = line();
    graph.parameter("idle", Shape.of(2), new Initialization.Constant(0));
    assertThatThrownBy(() -> TrainingGraph.complete(loss))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'idle'");
  }

  @Test
  void noNameOfTheCallerEndsLikeAGradient() {
    // The runtime would take it for a buffer.
    TrainingGraph.complete(line());
    assertThat(graph.inputs())
        .extracting(Value::name)
        .filteredOn(name -> name.endsWith("_grad"))
        .containsExactly(TrainingGraph.LAZY_RESET);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64})
  void theGradientOfTheImageIsNeverComputed(int size) {
    Value image = graph.input("image", TensorType.floats(Shape.of(1, 3, size, size)));
    SemiMoeNetwork.Outputs network = SemiMoeNetwork.training(image, 4, 1, Map.of());
    List<Value> means = new ArrayList<>();
    for (Task task : Task.values()) {
      means.add(Operators.mean(network.gateLogits().get(task)));
      means.add(Operators.mean(network.expertLogits().get(task)));
    }
    Value loss = means.stream().reduce(Operators::add).orElseThrow();
    int forward = graph.nodes().size();
    TrainingGraph.complete(loss);
    List<Node> backward = graph.nodes().subList(forward, graph.nodes().size());

    List<Node> ofFirstBlocks = backward.stream().filter(n -> n.inputs().contains(image)).toList();
    assertThat(ofFirstBlocks)
        .hasSize(3)
        .allMatch(n -> n.op().equals(new ConvGrad(Conv.same(3), false, true, false)));
    assertThat(backward)
        .flatExtracting(Node::outputs)
        .extracting(Value::shape)
        .doesNotContain(image.shape());

    long convolutions = convolutions(graph.nodes().subList(0, forward));
    long inputGradients =
        convolutions(backward)
            + backward.stream()
                .filter(n -> n.op() instanceof ConvGrad c && c.inputGradient())
                .count();
    assertThat(inputGradients).isEqualTo(convolutions - 3);
  }

  private static long convolutions(List<Node> nodes) {
    return nodes.stream().filter(n -> n.op() instanceof Conv).count();
  }

  private Value line() {
    Value x = graph.input("x", TensorType.floats(Shape.of(4, 2)));
    Value w = graph.parameter("w", Shape.of(2), new Initialization.KaimingNormal());
    Value b = graph.parameter("b", Shape.of(1), new Initialization.Constant(0));
    return Operators.mean(Operators.tanh(Operators.add(Operators.mul(x, w), b)));
  }

  private Node accumulator(Variable p) {
    return graph.outputs().get(p.name() + "_grad.accumulation.out").producer().orElseThrow();
  }

  private Value input(String name) {
    return graph.inputs().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }
}
