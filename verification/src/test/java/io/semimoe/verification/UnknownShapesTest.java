package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.artifact.TrainingGraph;
import io.semimoe.graph.kernel.UnknownShapes;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.ElementType;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A training model whose large shapes the runtime does not know against the model itself. */
class UnknownShapesTest {
  private static final long SEED = 20261123;

  /** Elements from which a value counts as large: 1 MB. */
  private static final long LARGE = 1 << 18;

  private static Graph graph;
  private static ModelProto known;
  private static ModelProto unknown;

  @BeforeAll
  static void hide() {
    TrainingDesign design =
        new TrainingDesign(
            new NetworkSpec(16, 1, 96, 96), 2, 0, new Optimizer.Sgd(0.9, 5e-5), false);
    graph = SemiMoeGraphs.training(design, true);
    known = OnnxModel.withVariablesAsInputs("test", graph, variables());
    unknown = UnknownShapes.in(known, TrainingGraph.LAZY_RESET);
  }

  @Test
  void allResultsStayTheSameInEveryBit() {
    Map<String, float[]> values = new HashMap<>();
    Random random = new Random(SEED);
    for (Value input : graph.inputs()) {
      float[] content = new float[Math.toIntExact(input.shape().elements())];
      for (int i = 0; i < content.length; i++) {
        content[i] =
            input.type().element() == ElementType.BOOL
                ? random.nextInt(2)
                : (float) random.nextGaussian();
      }
      values.put(input.name(), content);
    }
    variables().forEach(v -> values.put(v.name(), v.initialValues(SEED)));
    try (GraphRunner before = GraphRunner.open(graph);
        GraphRunner after =
            GraphRunner.open(graph, m -> UnknownShapes.in(m, TrainingGraph.LAZY_RESET))) {
      Map<String, float[]> expected = before.run(values);
      Map<String, float[]> found = after.run(values);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach((name, content) -> assertThat(found.get(name)).as(name).isEqualTo(content));
    }
  }

  @Test
  void largeParametersAreReadThroughAReshapeThatTheRuntimeCannotFollow() {
    Set<String> large =
        variables().stream()
            .filter(v -> v.value().shape().elements() >= LARGE)
            .map(Variable::name)
            .collect(Collectors.toSet());
    assertThat(large).hasSizeGreaterThan(10);
    Set<String> constants = constants(unknown.getGraph());
    for (NodeProto node : unknown.getGraph().getNodeList()) {
      if (node.getOpType().equals("Reshape") && large.contains(node.getInput(0))) {
        assertThat(constants).doesNotContain(node.getInput(1));
      } else if (node.getInputList().stream().anyMatch(large::contains)) {
        // What is updated in place is the input itself.
        assertThat(node.getOpType()).isEqualTo("InPlaceAccumulatorV2");
        assertThat(node.getInputList().subList(1, node.getInputCount()))
            .doesNotContainAnyElementsOf(large);
      }
    }
  }

  @Test
  void noReshapeToALargeShapeIsConstant() {
    Map<String, Long> elements =
        known.getGraph().getValueInfoList().stream()
            .collect(Collectors.toMap(ValueInfoProto::getName, UnknownShapesTest::elements));
    Set<String> before = constants(known.getGraph());
    Set<String> after = constants(unknown.getGraph());
    List<NodeProto> reshapes =
        known.getGraph().getNodeList().stream()
            .filter(n -> n.getOpType().equals("Reshape"))
            .filter(n -> elements.getOrDefault(n.getOutput(0), 0L) >= LARGE)
            .toList();
    assertThat(reshapes).isNotEmpty().allMatch(n -> before.contains(n.getInput(1)));
    Set<String> outputs = reshapes.stream().map(n -> n.getOutput(0)).collect(Collectors.toSet());
    assertThat(unknown.getGraph().getNodeList())
        .filteredOn(n -> n.getOutputCount() > 0 && outputs.contains(n.getOutput(0)))
        .hasSameSizeAs(reshapes)
        .noneMatch(n -> after.contains(n.getInput(1)));
    assertThat(unknown.getGraph().getValueInfoList()).isEmpty();
  }

  @Test
  void inputsAndOutputsAreDeclaredAsBefore() {
    assertThat(unknown.getGraph().getInputList()).isEqualTo(known.getGraph().getInputList());
    assertThat(unknown.getGraph().getOutputList()).isEqualTo(known.getGraph().getOutputList());
  }

  @Test
  void aModelWithoutTheFlagStaysAsItIs() {
    assertThat(UnknownShapes.in(known, "no such input")).isSameAs(known);
  }

  private static List<Variable> variables() {
    return Stream.concat(graph.parameters().stream(), graph.states().stream()).toList();
  }

  private static Set<String> constants(GraphProto graph) {
    return graph.getInitializerList().stream()
        .map(TensorProto::getName)
        .collect(Collectors.toSet());
  }

  private static long elements(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .mapToLong(d -> d.getDimValue())
        .reduce(1, (a, b) -> a * b);
  }
}
