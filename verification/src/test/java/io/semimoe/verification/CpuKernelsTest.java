package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.kernel.CpuKernels;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.ConvGrad;
import io.semimoe.graph.op.DepthToSpace2x;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import io.semimoe.loss.SemiMoeObjective;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.runtime.ChannelBlocks;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is rewritten for the processor against the portable model. */
class CpuKernelsTest {
  private static final long SEED = 20261123;

  /** Weights and inputs that a whole network is tried with. */
  private static final int NETWORKS = 5;

  private static final String BLOCKED = "com.microsoft.nchwc:Conv";
  private static int block;

  @BeforeAll
  static void findBlock() {
    OptionalInt found = ChannelBlocks.size(NativeLibraries.load());
    assertThat(found).as("every x86-64 processor has these kernels").isPresent();
    block = found.getAsInt();
  }

  @Test
  void aBlockHasAsManyChannelsAsAVectorOrTwo() {
    assertThat(block).isIn(8, 16, 32);
  }

  /** Channels in blocks. */
  @ParameterizedTest
  @CsvSource({
    // N, C, M, H, W, k, p
    "2, 1, 1, 16, 12, 3, 1",
    "1, 2, 1, 40, 60, 3, 1",
    "2, 1, 3, 32, 36, 3, 1",
    "3, 2, 2, 32, 32, 2, 1",
    "2, 4, 2, 41, 33, 2, 0",
    "2, 1, 2, 48, 48, 5, 2",
    "1, 3, 7, 8, 16, 3, 1"
  })
  void aConvolutionAndItsGradientsStayWhatTheyAre(
      int n, int c, int m, int h, int w, int kernel, int padding) {
    Graph graph = convolution(new Conv(kernel, padding), floats(n, c * block, h, w), m * block);
    assertThat(operators(graph))
        .filteredOn(BLOCKED::equals)
        .as("forward and input gradient")
        .hasSize(2);
    assertThat(operators(graph)).doesNotContain("com.microsoft:ConvGrad");
    compare(graph, randomInputs(graph), name -> 2e-6);
  }

  /** With as many channels as there are, whole blocks or not, and with a bias. */
  @ParameterizedTest
  @CsvSource({
    // N, C, M, H, W
    "2, 16, 7, 32, 24",
    "1, 5, 1, 16, 8",
    "3, 32, 64, 20, 20"
  })
  void theGradientsOfPointwiseConvolutionsAreProductsOfMatrices(int n, int c, int m, int h, int w) {
    Graph graph = new Graph();
    Conv conv = Conv.same(1);
    Value x = graph.input("x", floats(n, c, h, w));
    Value weights = graph.parameter("w", Shape.of(m, c, 1, 1), new Initialization.KaimingNormal());
    Value dY = graph.input("dy", floats(n, m, h, w));
    List<Value> gradients =
        graph.apply(new ConvGrad(conv, true, true, true), List.of(dY, x, weights));
    graph.output("y", graph.apply(conv, x, weights));
    graph.output("dx", gradients.get(0));
    graph.output("dw", gradients.get(1));
    graph.output("db", gradients.get(2));
    assertThat(operators(graph))
        .contains("com.microsoft:FusedMatMul")
        .doesNotContain("com.microsoft:ConvGrad");
    compare(graph, randomInputs(graph), name -> 2e-6);
  }

  @ParameterizedTest
  @CsvSource({
    // N, C, M, H, W, p
    "2, 128, 128, 32, 32, 1",
    "1, 96, 256, 21, 34, 1",
    "3, 256, 120, 35, 33, 0",
    "2, 128, 128, 16, 18, 2",
    "8, 200, 100, 8, 8, 1"
  })
  void manyChannelsTakeWinogradsForm(int n, int c, int m, int h, int w, int padding) {
    Graph graph = convolution(new Conv(3, padding), floats(n, c, h, w), m);
    assertThat(operators(graph))
        .contains("com.microsoft:FusedMatMul")
        .doesNotContain(BLOCKED, ":Conv", "com.microsoft:ConvGrad");
    compare(graph, randomInputs(graph), name -> 4e-6);
  }

  /** Fewer channels, longer rows or fewer pixels than pay. */
  @ParameterizedTest
  @CsvSource({"2, 64, 128, 32", "1, 128, 128, 80", "1, 512, 512, 16"})
  void othersDoNot(int n, int c, int m, int side) {
    Graph graph = convolution(Conv.same(3), floats(n, c, side, side), m);
    assertThat(operators(graph)).contains(BLOCKED).doesNotContain("com.microsoft:FusedMatMul");
  }

  @Test
  void groupsOfChannelsAreInterleavedInBlocks() {
    Graph graph = new Graph();
    Value x = graph.input("x", floats(2, block, 9, 12));
    Value w =
        graph.parameter("w", Shape.of(8 * block, block, 2, 2), new Initialization.KaimingNormal());
    graph.output("y", graph.apply(new DepthToSpace2x(), graph.apply(new Conv(2, 1), x, w)));
    assertThat(operators(graph)).contains(BLOCKED).doesNotContain(":DepthToSpace");
    compare(graph, randomInputs(graph), name -> 2e-6);
  }

  @Test
  void softmaxOfTwoChannelsIsASigmoidOfDifferences() {
    Graph graph = new Graph();
    Value x = graph.input("x", floats(3, 2, 9, 12));
    graph.output("p", Operators.softmax(x, 1));
    assertThat(operators(graph)).contains(":Sigmoid").doesNotContain(":Softmax");
    Map<String, float[]> values = randomInputs(graph);
    // The last ones of the last image are saturated: 0 and 1.
    float[] logits = values.get("x");
    logits[logits.length - 1] = 80;
    logits[logits.length - 2] = -80;
    compare(graph, values, name -> 2e-7);
  }

  @Test
  void whatDoesNotFitStaysAsItIs() {
    Graph graph = new Graph();
    Value image = graph.input("x", floats(2, 3, 16, 16));
    Value w = graph.input("w", floats(block, 3, 3, 3));
    Value hidden = graph.apply(Conv.same(3), image, w);
    Value square = graph.input("square", floats(block, block, 3, 3));
    Value bias = graph.input("bias", floats(block));
    graph.output("channels", hidden);
    graph.output("bias.out", graph.apply(Conv.same(3), hidden, square, bias));
    Value small = graph.input("small", floats(1, block, 8, 8));
    graph.output("pixels", graph.apply(Conv.same(3), small, square));
    Value deep = graph.input("deep", floats(1, 4, 8, 8));
    graph.output("plain", graph.apply(new DepthToSpace2x(), deep));
    graph.output("three", Operators.softmax(image, 1));
    graph.output("rows", Operators.softmax(graph.input("two", floats(1, 2, 8, 8)), 2));
    ModelProto portable = portable(graph);
    assertThat(CpuKernels.rewrite(portable, block).getGraph()).isEqualTo(portable.getGraph());
  }

  @Test
  void convolutionsOfOtherGeometryAreNotTouched() {
    Graph graph = new Graph();
    Value x = graph.input("x", floats(2, block, 16, 16));
    Value w = graph.input("w", floats(block, block, 3, 3));
    graph.output("y", graph.apply(Conv.same(3), x, w));
    ModelProto.Builder strided = portable(graph).toBuilder();
    NodeProto.Builder node = strided.getGraphBuilder().getNodeBuilder(0);
    node.getAttributeBuilderList().stream()
        .filter(a -> a.getName().equals("strides"))
        .forEach(a -> a.setInts(0, 2).setInts(1, 2));
    strided
        .getGraphBuilder()
        .getOutputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(2)
        .setDimValue(8);
    assertThat(CpuKernels.rewrite(strided.build(), block).getGraph()).isEqualTo(strided.getGraph());
  }

  @Test
  void groupsOfChannelsInAnotherOrderAreNotTouched() {
    Graph graph = new Graph();
    Value x = graph.input("x", floats(2, block, 9, 12));
    Value w = graph.input("w", floats(8 * block, block, 2, 2));
    graph.output("y", graph.apply(new DepthToSpace2x(), graph.apply(new Conv(2, 1), x, w)));
    ModelProto.Builder columns = portable(graph).toBuilder();
    columns.getGraphBuilder().getNodeBuilderList().stream()
        .filter(node -> node.getOpType().equals("DepthToSpace"))
        .flatMap(node -> node.getAttributeBuilderList().stream())
        .filter(a -> a.getName().equals("mode"))
        .forEach(a -> a.setS(ByteString.copyFromUtf8("CRD")));
    assertThat(CpuKernels.rewrite(columns.build(), block).getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .contains("DepthToSpace");
  }

  /**
   * Losses, logits, pseudo-labels and the gradient of every parameter, in both passes: the median
   * of the differences from several weights and inputs. In some of them two values are so near to
   * each other that rounding decides which one pooling takes, on which side of the kink of ReLU one
   * lies, or what is left of a sum in which most cancels; then single gradients differ by 1e-3 to
   * 1e-2.
   */
  @Test
  void aWholeTrainingPassStaysWhatItIs() {
    TrainingDesign design =
        new TrainingDesign(
            new NetworkSpec(block, 2, 64, 48), 1, 0.1, new Optimizer.Sgd(0.9, 5e-5), false);
    Graph graph = SemiMoeGraphs.training(design, true);
    assertThat(operators(graph)).filteredOn(BLOCKED::equals).hasSizeGreaterThan(60);
    SoftAssertions softly = new SoftAssertions();
    for (float usePseudoLabels : new float[] {0, 1}) {
      Map<String, List<Double>> differences = new TreeMap<>();
      for (int i = 0; i < NETWORKS; i++) {
        differences(graph, pass(graph, usePseudoLabels, SEED + i))
            .forEach((name, d) -> differences.computeIfAbsent(name, n -> new ArrayList<>()).add(d));
      }
      assertThat(differences.values()).allMatch(d -> d.stream().allMatch(Double::isFinite));
      differences.forEach(
          (name, d) ->
              softly
                  .assertThat(d.stream().sorted().toList().get(NETWORKS / 2))
                  .as("median of the differences of %s in norm, %s", name, d)
                  .isLessThanOrEqualTo(1e-4));
    }
    softly.assertAll();
  }

  private static Map<String, float[]> pass(Graph graph, float usePseudoLabels, long seed) {
    Map<String, float[]> values = randomInputs(graph, seed);
    for (String bits : List.of(SemiMoeObjective.MASK, SemiMoeObjective.BOUNDARY)) {
      float[] content = values.get(bits);
      for (int i = 0; i < content.length; i++) {
        content[i] = content[i] > 0 ? 1 : 0;
      }
    }
    // Few activations near the kink of ReLU, where rounding decides about the gradient.
    graph.parameters().stream()
        .map(Variable::name)
        .filter(name -> name.endsWith(".bn.bias"))
        .forEach(name -> Arrays.fill(values.get(name), 3));
    Arrays.fill(values.get(SemiMoeObjective.USE_PSEUDO_LABELS), usePseudoLabels);
    float[] weights = values.get(SemiMoeObjective.LOSS_WEIGHTS);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = new float[] {0.5f, 0.25f, 0.5f, 0.35f, 0.3f, 0.2f}[i % 6];
    }
    return values;
  }

  /** A convolution with weights to M channels, and its gradients. */
  private static Graph convolution(Conv conv, TensorType image, int m) {
    Graph graph = new Graph();
    Value x = graph.input("x", image);
    Value weights =
        graph.parameter(
            "w",
            Shape.of(m, image.shape().dim(1), conv.kernel(), conv.kernel()),
            new Initialization.KaimingNormal());
    Value y = graph.apply(conv, x, weights);
    Value dY = graph.input("dy", y.type());
    graph.output("y", y);
    List<Value> gradients =
        graph.apply(new ConvGrad(conv, true, true, false), List.of(dY, x, weights));
    graph.output("dx", gradients.get(0));
    graph.output("dw", gradients.get(1));
    return graph;
  }

  private static void compare(
      Graph graph, Map<String, float[]> values, ToDoubleFunction<String> tolerances) {
    SoftAssertions softly = new SoftAssertions();
    differences(graph, values)
        .forEach(
            (name, difference) ->
                softly
                    .assertThat(difference)
                    .as("difference of %s in norm", name)
                    .isLessThanOrEqualTo(tolerances.applyAsDouble(name)));
    softly.assertAll();
  }

  /**
   * Differences of the outputs of the rewritten model from those of the model, as parts of their
   * norm.
   */
  private static Map<String, Double> differences(Graph graph, Map<String, float[]> values) {
    try (GraphRunner portable = GraphRunner.open(graph);
        GraphRunner rewritten =
            GraphRunner.open(graph, model -> CpuKernels.rewrite(model, block))) {
      Map<String, float[]> found = rewritten.run(values);
      Map<String, Double> differences = new TreeMap<>();
      portable
          .run(values)
          .forEach(
              (name, expected) -> {
                double difference = Distances.norm(found.get(name), expected);
                differences.put(name, difference == 0 ? 0 : difference / Distances.norm(expected));
              });
      return differences;
    }
  }

  private static Map<String, float[]> randomInputs(Graph graph) {
    return randomInputs(graph, SEED);
  }

  private static Map<String, float[]> randomInputs(Graph graph, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> values = new HashMap<>();
    graph.inputs().forEach(v -> values.put(v.name(), fill(v, () -> random.nextGaussian())));
    for (Variable v :
        Stream.concat(graph.parameters().stream(), graph.states().stream()).toList()) {
      values.put(v.name(), v.initialValues(seed));
    }
    return values;
  }

  private static float[] fill(Value value, DoubleSupplier source) {
    float[] content = new float[Math.toIntExact(value.shape().elements())];
    for (int i = 0; i < content.length; i++) {
      content[i] = (float) source.getAsDouble();
    }
    return content;
  }

  private static List<String> operators(Graph graph) {
    return CpuKernels.rewrite(portable(graph), block).getGraph().getNodeList().stream()
        .map(node -> node.getDomain() + ":" + node.getOpType())
        .toList();
  }

  private static ModelProto portable(Graph graph) {
    return OnnxModel.withVariablesAsInputs(
        "test",
        graph,
        Stream.concat(graph.parameters().stream(), graph.states().stream()).toList());
  }

  private static TensorType floats(int... shape) {
    return TensorType.floats(Shape.of(shape));
  }
}
