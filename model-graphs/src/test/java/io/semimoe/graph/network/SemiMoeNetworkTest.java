package io.semimoe.graph.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Node;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.op.BatchNormInternal;
import io.semimoe.graph.op.BatchNormalization;
import io.semimoe.graph.op.BinaryOp;
import io.semimoe.graph.op.Concat;
import io.semimoe.graph.op.GlobalAveragePool;
import io.semimoe.graph.op.ReduceSum;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemiMoeNetworkTest {
  private static final List<String> TASKS = List.of("segmentation", "distance", "boundary");
  private static final Map<String, Integer> CHANNELS =
      Map.of("segmentation", 2, "distance", 1, "boundary", 2);

  private final Graph graph = new Graph();

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 16})
  void parametersHaveTheNamesAndShapesOfTheReference(int width) {
    SemiMoeNetwork.training(image(2, 32, 48), width, 1, Map.of());
    assertThat(shapes(graph.parameters())).isEqualTo(expectedParameters(width));
    assertThat(shapes(graph.states())).isEqualTo(expectedStates(width));
  }

  @Test
  void theNetworkOfThePaperHasThisManyParameters() {
    long w = 64;
    SemiMoeNetwork.training(image(1, 16, 16), 64, 1, Map.of());
    long conv = 0;
    long norm = 0;
    for (long level = 0, in = 3; level < 5; level++, in = w << (level - 1)) {
      long out = w << level;
      conv += 9 * out * (in + out);
      norm += 2 * 2 * out;
    }
    for (long level = 0; level < 4; level++) {
      long out = w << level;
      conv += 9 * out * (2 * out + 2 * out + out);
      norm += 3 * 2 * out;
    }
    long units = 3 * w / 2;
    long heads = (2 + 1 + 2) * (w + 1);
    long gate = units * (3 * w + 1) + units * (units + 1) + 3 * (units + 1);
    assertThat(graph.parameters().stream().mapToLong(p -> p.value().shape().elements()).sum())
        .isEqualTo(3 * (conv + norm) + heads + 3 * gate + heads);
  }

  @Test
  void outputsHaveTheChannelsOfTheirTasks() {
    SemiMoeNetwork.Outputs outputs = SemiMoeNetwork.training(image(2, 32, 48), 4, 1, Map.of());
    for (Task task : Task.values()) {
      Shape logits = Shape.of(2, CHANNELS.get(task.text()), 32, 48);
      assertThat(outputs.expertLogits().get(task).shape()).isEqualTo(logits);
      assertThat(outputs.gateLogits().get(task).shape()).isEqualTo(logits);
      assertThat(outputs.gateWeights().get(task).shape()).isEqualTo(Shape.of(2, 3, 1, 1));
    }
  }

  @Test
  void inferenceUsesAPartOfTheVariablesOfTraining() {
    SemiMoeNetwork.training(image(1, 16, 16), 4, 1, Map.of());
    Graph inference = new Graph();
    Value logits =
        SemiMoeNetwork.inference(
            inference.input("image", TensorType.floats(Shape.of(1, 3, 32, 32))), 4);
    assertThat(logits.shape()).isEqualTo(Shape.of(1, 2, 32, 32));
    Map<String, Shape> used = shapes(graph.parameters());
    used.keySet()
        .removeIf(
            name ->
                name.matches("(segmentation|distance|boundary)[.]head[.].*")
                    || name.matches("gating[.](distance|boundary)[.].*"));
    assertThat(shapes(inference.parameters())).isEqualTo(used);
    assertThat(shapes(inference.states())).isEqualTo(shapes(graph.states()));
  }

  @Test
  void trainingUsesBatchStatisticsAndInferenceRunningOnes() {
    SemiMoeNetwork.training(image(1, 16, 16), 4, 1, Map.of());
    Graph inference = new Graph();
    SemiMoeNetwork.inference(
        inference.input("image", TensorType.floats(Shape.of(1, 3, 16, 16))), 4);
    int blocks = 3 * (5 * 2 + 4 * 3);
    assertThat(graph.nodes())
        .filteredOn(n -> n.op().equals(new BatchNormInternal(1e-5f)))
        .hasSize(blocks);
    assertThat(graph.nodes()).noneMatch(n -> n.op() instanceof BatchNormalization);
    assertThat(inference.nodes())
        .filteredOn(n -> n.op().equals(new BatchNormalization(1e-5f)))
        .hasSize(blocks);
    assertThat(inference.nodes()).noneMatch(n -> n.op() instanceof BatchNormInternal);
  }

  @Test
  void gatesAverageMapsBySumsInTrainingAndByPoolingInInference() {
    SemiMoeNetwork.training(image(2, 16, 32), 4, 1, Map.of());
    Graph inference = new Graph();
    SemiMoeNetwork.inference(
        inference.input("image", TensorType.floats(Shape.of(1, 3, 16, 32))), 4);
    assertThat(graph.nodes()).noneMatch(n -> n.op() instanceof GlobalAveragePool);
    assertThat(graph.nodes())
        .filteredOn(n -> n.op().equals(new ReduceSum(List.of(2, 3), false)))
        .extracting(n -> n.outputs().get(0).shape())
        .containsExactly(Shape.of(2, 4), Shape.of(2, 4), Shape.of(2, 4));
    assertThat(inference.nodes()).filteredOn(n -> n.op() instanceof GlobalAveragePool).hasSize(3);
  }

  @Test
  void runningStatisticsAreReadOnlyForTheirNewValues() {
    SemiMoeNetwork.training(image(2, 16, 16), 4, 2, Map.of());
    assertThat(graph.assignments().keySet())
        .containsExactlyInAnyOrderElementsOf(graph.states().stream().map(Variable::value).toList());
    for (Variable state : graph.states()) {
      assertThat(graph.nodes())
          .filteredOn(n -> n.inputs().contains(state.value()))
          .extracting(Node::op)
          .containsExactly(new Concat(0));
    }
  }

  @Test
  void groupsOfABatchAreNormalisedAsChannelsOfTheirOwn() {
    SemiMoeNetwork.training(image(6, 16, 16), 4, 2, Map.of());
    assertThat(graph.nodes())
        .filteredOn(n -> n.op() instanceof BatchNormInternal)
        .first()
        .satisfies(n -> assertThat(n.inputs().get(0).shape()).isEqualTo(Shape.of(3, 8, 16, 16)));
    assertThat(shapes(graph.parameters())).isEqualTo(expectedParameters(4));
    assertThat(shapes(graph.states())).isEqualTo(expectedStates(4));
  }

  @Test
  void aBatchThatIsNoMultipleOfItsGroupsIsRefused() {
    Value image = image(3, 16, 16);
    assertThatThrownBy(() -> SemiMoeNetwork.training(image, 4, 2, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groups: expected a divisor of the batch of 3 images, found 2");
  }

  @Test
  void dropoutMultipliesTheHiddenUnitsOfItsGate() {
    Value image = image(2, 16, 16);
    Map<Task, Value> factors = new EnumMap<>(Task.class);
    for (Task task : Task.values()) {
      factors.put(task, graph.input("dropout." + task, TensorType.floats(Shape.of(2, 6, 1, 1))));
    }
    SemiMoeNetwork.training(image, 4, 1, factors);
    factors.forEach(
        (task, factor) -> {
          List<Node> readers =
              graph.nodes().stream().filter(n -> n.inputs().contains(factor)).toList();
          assertThat(readers)
              .singleElement()
              .satisfies(
                  n -> {
                    assertThat(n.op()).isEqualTo(BinaryOp.MUL);
                    assertThat(n.name()).startsWith("gating." + task.text() + ".");
                  });
        });
  }

  @Test
  void normalisationBeginsAsTheIdentityAndBiasesAtZero() {
    SemiMoeNetwork.training(image(1, 16, 16), 4, 1, Map.of());
    for (Variable v : graph.parameters()) {
      Initialization expected =
          v.name().endsWith(".bias")
              ? new Initialization.Constant(0)
              : v.name().endsWith(".bn.weight")
                  ? new Initialization.Constant(1)
                  : new Initialization.KaimingNormal();
      assertThat(v.initialization()).as(v.name()).isEqualTo(expected);
    }
    for (Variable v : graph.states()) {
      assertThat(v.initialization())
          .as(v.name())
          .isEqualTo(new Initialization.Constant(v.name().endsWith("running_var") ? 1 : 0));
    }
  }

  private Value image(int batch, int height, int width) {
    return graph.input("image", TensorType.floats(Shape.of(batch, 3, height, width)));
  }

  private static Map<String, Shape> shapes(List<Variable> variables) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    variables.forEach(v -> shapes.put(v.name(), v.value().shape()));
    return shapes;
  }

  /** The blocks of one expert by name: input and output channels. */
  private static Map<String, int[]> blocks(int w) {
    Map<String, int[]> blocks = new LinkedHashMap<>();
    for (int level = 0; level < 5; level++) {
      int out = w << level;
      blocks.put("encoder." + level + ".0", new int[] {level == 0 ? 3 : out / 2, out});
      blocks.put("encoder." + level + ".1", new int[] {out, out});
    }
    for (int level = 0; level < 4; level++) {
      int out = w << level;
      blocks.put("decoder." + level + ".up", new int[] {2 * out, out});
      blocks.put("decoder." + level + ".0", new int[] {2 * out, out});
      blocks.put("decoder." + level + ".1", new int[] {out, out});
    }
    return blocks;
  }

  private static Map<String, Shape> expectedParameters(int w) {
    Map<String, Shape> expected = new LinkedHashMap<>();
    int units = 3 * w / 2;
    for (String task : TASKS) {
      blocks(w)
          .forEach(
              (block, c) -> {
                String name = task + "." + block;
                expected.put(name + ".conv.weight", Shape.of(c[1], c[0], 3, 3));
                expected.put(name + ".bn.weight", Shape.of(c[1]));
                expected.put(name + ".bn.bias", Shape.of(c[1]));
              });
      String gate = "gating." + task;
      expected.put(gate + ".squeeze.weight", Shape.of(units, 3 * w));
      expected.put(gate + ".squeeze.bias", Shape.of(units));
      expected.put(gate + ".attention.weight", Shape.of(units, units));
      expected.put(gate + ".attention.bias", Shape.of(units));
      expected.put(gate + ".select.weight", Shape.of(3, units));
      expected.put(gate + ".select.bias", Shape.of(3));
      for (String head : List.of(task + ".head", gate + ".head")) {
        expected.put(head + ".weight", Shape.of(CHANNELS.get(task), w, 1, 1));
        expected.put(head + ".bias", Shape.of(CHANNELS.get(task)));
      }
    }
    return expected;
  }

  private static Map<String, Shape> expectedStates(int w) {
    Map<String, Shape> expected = new LinkedHashMap<>();
    for (String task : TASKS) {
      blocks(w)
          .forEach(
              (block, c) -> {
                expected.put(task + "." + block + ".bn.running_mean", Shape.of(c[1]));
                expected.put(task + "." + block + ".bn.running_var", Shape.of(c[1]));
              });
    }
    return expected;
  }
}
