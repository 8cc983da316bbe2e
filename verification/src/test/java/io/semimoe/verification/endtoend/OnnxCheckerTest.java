package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of {@link OnnxChecker} finds the model that breaks it, and nothing else in it. */
class OnnxCheckerTest {

  /**
   * A model with one fault.
   *
   * @param problem what is to be found
   */
  private record Fault(ModelProto model, String problem) {
    static Fault of(Consumer<ModelProto.Builder> change, String problem) {
      ModelProto.Builder model = TinyModel.build().toBuilder();
      change.accept(model);
      return new Fault(model.build(), problem);
    }

    static Fault inGraph(Consumer<GraphProto.Builder> change, String problem) {
      return of(model -> change.accept(model.getGraphBuilder()), problem);
    }

    static Fault inSoftmax(Consumer<NodeProto.Builder> change, String problem) {
      return inGraph(graph -> change.accept(graph.getNodeBuilder(1)), problem);
    }

    static Fault inAxis(Consumer<AttributeProto.Builder> change, String problem) {
      return inSoftmax(node -> change.accept(node.getAttributeBuilder(0)), problem);
    }

    @Override
    public String toString() {
      return problem;
    }
  }

  @Test
  void aGoodModelHasNoProblem() {
    assertThat(OnnxChecker.problems(TinyModel.build())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"modelFaults", "namingFaults", "orderFaults", "typeFaults", "attributeFaults"})
  void findsTheFault(Fault fault) {
    assertThat(OnnxChecker.problems(fault.model())).isEqualTo(List.of(fault.problem()));
  }

  static Stream<Fault> modelFaults() {
    return Stream.of(
        Fault.of(ModelProto.Builder::clearIrVersion, "the IR version is 0, expected 3 to 10"),
        Fault.of(m -> m.setIrVersion(99), "the IR version is 99, expected 3 to 10"),
        Fault.of(
            m -> m.addOpsetImportBuilder().setDomain("ai.onnx").setVersion(17),
            "the operator set 'ai.onnx' is imported twice"),
        Fault.of(
            m -> m.getOpsetImportBuilder(0).clearVersion(), "the operator set '' has version 0"),
        Fault.of(
            m -> m.addMetadataProps(entry("a")).addMetadataProps(entry("a")),
            "the metadata hold 'a' twice"),
        Fault.of(
            m -> m.addFunctions(FunctionProto.getDefaultInstance()),
            "there are functions or sparse tensors, which are not checked"),
        Fault.inGraph(GraphProto.Builder::clearName, "the graph has no name"),
        Fault.inSoftmax(
            n -> n.setDomain("com.microsoft"),
            "node 'softmax': its operator set 'com.microsoft' is not imported"),
        Fault.inSoftmax(NodeProto.Builder::clearOpType, "node 'softmax' has no operator"));
  }

  static Stream<Fault> namingFaults() {
    return Stream.of(
        Fault.inGraph(
            g -> g.addInput(g.getInput(0)),
            "'x' is made more than once, the last time by an input"),
        Fault.inGraph(
            g -> g.addNode(g.getNode(0).toBuilder().setName("again")),
            "'y' is made more than once, the last time by node 'again'"),
        Fault.inGraph(
            g -> g.addNodeBuilder().setName("copy").setOpType("Relu").addInput("x").addOutput("w"),
            "'w' is made more than once, the last time by node 'copy'"),
        Fault.inSoftmax(n -> n.setName("add"), "there are two nodes 'add'"),
        Fault.inGraph(g -> g.addInitializer(g.getInitializer(0)), "there are two initializers 'w'"),
        Fault.inGraph(
            g -> g.addInitializer(g.getInitializer(0).toBuilder().clearName()),
            "an initializer has no name"),
        Fault.inGraph(g -> g.addOutput(g.getOutput(0)), "there are two outputs 'z'"),
        Fault.inGraph(g -> g.addValueInfo(g.getValueInfo(0)), "the value 'y' is declared twice"),
        Fault.inGraph(g -> g.addValueInfo(g.getInput(0)), "the value 'x' is declared twice"),
        Fault.inGraph(
            g -> g.addInput(g.getInput(0).toBuilder().clearName()), "an input has no name"));
  }

  static Stream<Fault> orderFaults() {
    return Stream.of(
        Fault.inGraph(
            g -> {
              NodeProto first = g.getNode(0);
              g.removeNode(0).addNode(first);
            },
            "node 'softmax' reads 'y', which nothing before it makes"),
        Fault.inGraph(
            GraphProto.Builder::clearInitializer,
            "node 'add' reads 'w', which nothing before it makes"),
        Fault.inGraph(
            g -> g.getOutputBuilder(0).setName("other"), "nothing makes the output 'other'"),
        Fault.inGraph(GraphProto.Builder::clearOutput, "the graph has no output"),
        Fault.inGraph(
            g -> g.addValueInfo(g.getValueInfo(0).toBuilder().setName("other")),
            "the value 'other' is declared, but nothing makes it"),
        Fault.inGraph(
            g -> g.addNodeBuilder().setName("idle").setOpType("Relu").addInput("x"),
            "node 'idle' has no output"));
  }

  static Stream<Fault> typeFaults() {
    return Stream.of(
        Fault.inGraph(g -> g.getInputBuilder(0).clearType(), "input 'x' has no type"),
        Fault.inGraph(
            g -> g.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearShape(),
            "output 'z' has no shape"),
        Fault.inGraph(
            g -> g.getValueInfoBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearElemType(),
            "value 'y' has an unknown element type"),
        Fault.inGraph(
            g ->
                g.getInputBuilder(0)
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder()
                    .addDim(Dimension.newBuilder().setDimValue(-1)),
            "input 'x' has the dimension -1"),
        Fault.inGraph(
            g -> g.getOutputBuilder(0).getTypeBuilder().getSequenceTypeBuilder(),
            "output 'z' is a sequence of an unknown type"),
        Fault.inGraph(
            g -> g.getInitializerBuilder(0).setDims(0, 3),
            "initializer 'w' has 8 bytes, expected 12"),
        Fault.inGraph(
            g -> g.getInitializerBuilder(0).setDims(0, -2), "initializer 'w' has the dimension -2"),
        Fault.inGraph(
            g -> g.getInitializerBuilder(0).addFloatData(1),
            "initializer 'w' holds its elements in another form than raw data"),
        Fault.inGraph(
            g -> g.getInitializerBuilder(0).setDataType(DataType.UNDEFINED_VALUE),
            "initializer 'w' has the element type 0"));
  }

  static Stream<Fault> attributeFaults() {
    return Stream.of(
        Fault.inSoftmax(
            n -> n.addAttribute(n.getAttribute(0)),
            "node 'softmax' has the attribute 'axis' twice"),
        Fault.inAxis(
            AttributeProto.Builder::clearName, "node 'softmax' has an attribute without a name"),
        Fault.inAxis(
            a -> a.setType(AttributeType.FLOAT),
            "node 'softmax': attribute 'axis' is said to be FLOAT, but holds [INT]"),
        Fault.inAxis(
            AttributeProto.Builder::clearI,
            "node 'softmax': attribute 'axis' is said to be INT, but holds []"),
        Fault.inAxis(
            a -> a.setType(AttributeType.INTS).addInts(1),
            "node 'softmax': attribute 'axis' is said to be INTS, but holds [INT, INTS]"),
        Fault.inAxis(
            AttributeProto.Builder::clearType,
            "node 'softmax': attribute 'axis' has the type UNDEFINED"),
        Fault.inAxis(
            a -> a.clearI().setType(AttributeType.GRAPHS),
            "node 'softmax': attribute 'axis' has the type GRAPHS"),
        Fault.inAxis(
            a -> branch(a.clearI().setType(AttributeType.GRAPH), "other", "new"),
            "node 'softmax', graph 'axis': node 'copy' reads 'other', which nothing before it makes"),
        Fault.inAxis(
            a -> branch(a.clearI().setType(AttributeType.GRAPH), "x", "w"),
            "node 'softmax', graph 'axis': 'w' is made more than once, the last time by node 'copy'"));
  }

  /** Sets a graph of one node, which may read the values of the model. */
  private static void branch(AttributeProto.Builder attribute, String from, String to) {
    GraphProto.Builder graph = attribute.getGBuilder().setName("branch");
    graph.addNodeBuilder().setName("copy").setOpType("Identity").addInput(from).addOutput(to);
    graph.addOutput(TensorProtos.info(to, TensorType.floats(Shape.of(1))));
  }

  private static StringStringEntryProto entry(String key) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue("value").build();
  }
}
