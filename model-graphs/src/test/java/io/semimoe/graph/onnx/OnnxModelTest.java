package io.semimoe.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.TrainingGraph;
import io.semimoe.graph.network.SemiMoeNetwork;
import io.semimoe.graph.network.Task;
import io.semimoe.graph.op.Cast;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.ConvGrad;
import io.semimoe.graph.op.Crop;
import io.semimoe.graph.op.Greater;
import io.semimoe.graph.op.Op;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import io.semimoe.graph.op.Upsample2x;
import io.semimoe.graph.op.Where;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OnnxModelTest {
  private final Graph graph = new Graph();

  @Test
  void aTrainingModelIsWellFormed() {
    ModelProto model = trainingModel();
    checkForm(model.getGraph());
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(opsets(model)).isEqualTo(Map.of("", 17L, "com.microsoft", 1L));
  }

  @Test
  void everyValueOfATrainingModelHasItsShape() {
    GraphProto proto = trainingModel().getGraph();
    Map<String, ValueInfoProto> described = new HashMap<>();
    Stream.of(proto.getInputList(), proto.getOutputList(), proto.getValueInfoList())
        .flatMap(List::stream)
        .forEach(
            info -> assertThat(described.put(info.getName(), info)).as(info.getName()).isNull());
    for (NodeProto node : proto.getNodeList()) {
      for (String output : node.getOutputList()) {
        if (!output.isEmpty()) {
          assertThat(described).containsKey(output);
          assertThat(described.get(output).getType().getTensorType().getShape().getDimList())
              .allMatch(TensorShapeProto.Dimension::hasDimValue);
        }
      }
    }
  }

  @Test
  void parametersAndStatesFollowTheInputsInTheOrderGivenUsedOrNot() {
    Value x = input("x", 2);
    Value w = graph.parameter("w", Shape.of(2), zero());
    graph.parameter("unused", Shape.of(3), zero());
    graph.state("state", Shape.of(4), zero());
    graph.output("y", Operators.add(x, w));
    List<Variable> variables =
        List.of(graph.states().get(0), graph.parameters().get(1), graph.parameters().get(0));
    GraphProto proto = OnnxModel.withVariablesAsInputs("model", graph, variables).getGraph();
    assertThat(proto.getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("x", "state", "unused", "w");
    assertThat(dims(proto.getInput(1))).containsExactly(4L);
    assertThat(proto.getInitializerList()).isEmpty();
    assertThat(proto.getOutputList()).extracting(ValueInfoProto::getName).containsExactly("y");
  }

  @Test
  void nodesThatNoOutputNeedsAreNotWritten() {
    Value x = input("x", 2);
    Value y = Operators.relu(x);
    Operators.mul(Operators.tanh(y), 3);
    graph.output("y", y);
    GraphProto proto = OnnxModel.withVariablesAsInputs("model", graph, List.of()).getGraph();
    assertThat(proto.getNodeList()).extracting(NodeProto::getOpType).containsExactly("Relu");
    assertThat(proto.getInitializerList()).isEmpty();
    assertThat(proto.getValueInfoList()).isEmpty();
  }

  @Test
  void aDomainIsDeclaredOnlyIfANodeUsesIt() {
    graph.output("y", Operators.relu(input("x", 2)));
    assertThat(opsets(OnnxModel.withVariablesAsInputs("model", graph, List.of())))
        .isEqualTo(Map.of("", 17L));
  }

  @Test
  void anOutputThatIsLeftOutKeepsThePositionOfTheNext() {
    Value y = input("y", 1, 2, 4, 4);
    Value x = input("x", 1, 3, 4, 4);
    Value w = input("w", 2, 3, 3, 3);
    List<Value> gradients =
        graph.apply(new ConvGrad(Conv.same(3), false, true, true), List.of(y, x, w));
    graph.output("dW", gradients.get(0));
    graph.output("dB", gradients.get(1));
    NodeProto node = onlyNode("ConvGrad");
    assertThat(node.getOutputList()).containsExactly("", "dW", "dB");
    assertThat(node.getInputList()).containsExactly("y", "x", "w");
    assertThat(attribute(node, "pads").getIntsList()).containsExactly(1L, 1L, 1L, 1L);
    assertThat(attribute(node, "kernel_shape").getIntsList()).containsExactly(3L, 3L);
  }

  @Test
  void anInputThatIsLeftOutIsAnEmptyName() {
    graph.output("y", graph.apply(new Upsample2x(), input("x", 1, 1, 2, 2)));
    NodeProto node = onlyNode("Resize");
    assertThat(node.getInputList()).hasSize(3).startsWith("x", "");
    assertThat(attribute(node, "mode").getS().toStringUtf8()).isEqualTo("nearest");
    TensorProto scales = proto().getInitializer(0);
    assertThat(scales.getName()).isEqualTo(node.getInput(2));
    assertThat(scales.getDimsList()).containsExactly(4L);
    FloatBuffer floats =
        scales.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    assertThat(List.of(floats.get(0), floats.get(1), floats.get(2), floats.get(3)))
        .containsExactly(1f, 1f, 2f, 2f);
  }

  @Test
  void equalConstantsAreWrittenOnce() {
    Value x = input("x", 1, 1, 5, 5);
    Value cropped = graph.apply(new Crop(1), graph.apply(new Crop(1), x));
    graph.output("y", Operators.mul(Operators.mul(cropped, 2), 2));
    // Starts, ends and axes of both crops, and the factor.
    assertThat(proto().getInitializerList()).hasSize(4);
    checkForm(proto());
  }

  @Test
  void constantsKeepTheirTypes() {
    Value x = input("x", 2);
    Value flag = graph.constant(Constant.flag(true));
    Value chosen = graph.apply(new Where(), flag, x, graph.constant(Constant.scalar(0.5f)));
    graph.output("y", Operators.reduceSum(chosen, 0));
    Map<Integer, TensorProto> byType = new HashMap<>();
    proto().getInitializerList().forEach(t -> byType.put(t.getDataType(), t));
    assertThat(byType)
        .containsOnlyKeys(
            TensorProto.DataType.BOOL.getNumber(),
            TensorProto.DataType.FLOAT.getNumber(),
            TensorProto.DataType.INT64.getNumber());
    assertThat(byType.get(9).getRawData().toByteArray()).containsExactly(1);
    assertThat(byType.get(1).getRawData().toByteArray()).containsExactly(0, 0, 0, 0x3f);
    assertThat(byType.get(1).getDimsList()).isEmpty();
    assertThat(byType.get(7).getRawData().toByteArray()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void aSelfContainedModelHoldsTheVariablesItReads() {
    Value x = input("x", 1, 2);
    Value w = graph.parameter("w", Shape.of(2), zero());
    graph.parameter("unused", Shape.of(3), zero());
    Value state = graph.state("state", Shape.of(1, 2), zero());
    graph.output("y", Operators.add(Operators.mul(x, w), state));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("a", "1");
    metadata.put("b", "2");
    ModelProto model =
        OnnxModel.selfContained(
            "model",
            graph,
            name -> name.equals("w") ? new float[] {1, -2} : new float[] {3, 4},
            List.of("batch", ""),
            metadata);
    GraphProto proto = model.getGraph();
    checkForm(proto);
    assertThat(proto.getInputList()).extracting(ValueInfoProto::getName).containsExactly("x");
    assertThat(proto.getInitializerList())
        .extracting(TensorProto::getName)
        .containsExactly("w", "state");
    assertThat(proto.getInitializer(0).getRawData().toByteArray())
        .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
    for (ValueInfoProto open : List.of(proto.getInput(0), proto.getOutput(0))) {
      TensorShapeProto shape = open.getType().getTensorType().getShape();
      assertThat(shape.getDim(0).getDimParam()).isEqualTo("batch");
      assertThat(shape.getDim(1).getDimValue()).isEqualTo(2);
    }
    assertThat(proto.getValueInfoList()).isEmpty();
    assertThat(model.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey, StringStringEntryProto::getValue)
        .containsExactly(tuple("a", "1"), tuple("b", "2"));
  }

  @Test
  void aSelfContainedModelOfFixedShapesDescribesItsValues() {
    Value x = input("x", 1, 2);
    graph.output("y", Operators.relu(Operators.tanh(x)));
    GraphProto proto =
        OnnxModel.selfContained("model", graph, name -> new float[0], List.of(), Map.of())
            .getGraph();
    assertThat(dims(proto.getInput(0))).containsExactly(1L, 2L);
    assertThat(dims(proto.getOutput(0))).containsExactly(1L, 2L);
    assertThat(proto.getValueInfoList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("Tanh:0");
  }

  @Test
  void castWritesItsTargetType() {
    Value x = input("x", 2);
    Op cast = new Cast();
    graph.output("y", graph.apply(cast, graph.apply(new Greater(), x, x)));
    assertThat(attribute(onlyNode("Cast"), "to").getI()).isEqualTo(1);
  }

  private ModelProto trainingModel() {
    Value image = input("image", 1, 3, 64, 64);
    SemiMoeNetwork.Outputs network = SemiMoeNetwork.training(image, 4, 1, Map.of());
    List<Value> means = new ArrayList<>();
    for (Task task : Task.values()) {
      means.add(Operators.mean(network.gateLogits().get(task)));
      means.add(Operators.mean(network.expertLogits().get(task)));
    }
    TrainingGraph.complete(means.stream().reduce(Operators::add).orElseThrow());
    List<Variable> variables =
        Stream.concat(graph.parameters().stream(), graph.states().stream()).toList();
    return OnnxModel.withVariablesAsInputs("training", graph, variables);
  }

  /** Every name is given once, and everything that is read exists before. */
  private static void checkForm(GraphProto proto) {
    Set<String> names = new HashSet<>();
    proto.getInputList().forEach(v -> assertThat(names.add(v.getName())).as(v.getName()).isTrue());
    proto
        .getInitializerList()
        .forEach(t -> assertThat(names.add(t.getName())).as(t.getName()).isTrue());
    Set<String> nodes = new HashSet<>();
    for (NodeProto node : proto.getNodeList()) {
      assertThat(nodes.add(node.getName())).as(node.getName()).isTrue();
      assertThat(node.getInputList())
          .as("inputs of %s", node.getName())
          .allMatch(input -> input.isEmpty() || names.contains(input));
      for (String output : node.getOutputList()) {
        assertThat(output.isEmpty() || names.add(output)).as(output).isTrue();
      }
    }
    assertThat(proto.getNodeList()).isNotEmpty();
    assertThat(proto.getOutputList())
        .extracting(ValueInfoProto::getName)
        .isNotEmpty()
        .allMatch(names::contains);
  }

  private static Map<String, Long> opsets(ModelProto model) {
    Map<String, Long> versions = new HashMap<>();
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      assertThat(versions.put(opset.getDomain(), opset.getVersion())).isNull();
    }
    return versions;
  }

  private GraphProto proto() {
    return OnnxModel.withVariablesAsInputs("model", graph, List.of()).getGraph();
  }

  private NodeProto onlyNode(String type) {
    List<NodeProto> nodes =
        proto().getNodeList().stream().filter(n -> n.getOpType().equals(type)).toList();
    assertThat(nodes).hasSize(1);
    return nodes.get(0);
  }

  private static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> dims(ValueInfoProto info) {
    return info.getType().getTensorType().getShape().getDimList().stream()
        .map(TensorShapeProto.Dimension::getDimValue)
        .toList();
  }

  private Value input(String name, int... dims) {
    return graph.input(name, TensorType.floats(Shape.of(dims)));
  }

  private static Initialization zero() {
    return new Initialization.Constant(0);
  }
}
