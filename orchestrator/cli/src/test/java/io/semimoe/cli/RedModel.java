package io.semimoe.cli;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.semimoe.graph.onnx.AttributeProtos;
import io.semimoe.graph.onnx.TensorProtos;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Shape;
import io.semimoe.inference.ModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A model that finds red: probability = sigmoid((red − 127.5) / 10). */
public final class RedModel {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
  private static final NodeProto RED = node("Conv", List.of("input", "weight", "bias"), "logits");
  private static final AttributeProto ALONG_CHANNELS = AttributeProtos.integer("axis", 1);

  private RedModel() {}

  public static Path write(Path file) throws IOException {
    return write(file, red().addNode(softmax("logits")));
  }

  /** A model that sees at each pixel the one to the left of it, and black beyond the border. */
  static Path writeLookingLeft(Path file) throws IOException {
    float[] weights = new float[2 * 3 * 3];
    weights[9] = 0.1f;
    NodeProto convolution =
        RED.toBuilder().addAttribute(AttributeProtos.integers("pads", 0, 1, 0, 1)).build();
    return write(
        file,
        logits(tensor("weight", Shape.of(2, 3, 1, 3), weights), convolution)
            .addNode(softmax("logits")));
  }

  /** The model, with signed distances that are green / 255. */
  public static Path writeWithDistance(Path file) throws IOException {
    return write(
        file,
        red()
            .addNode(softmax("logits"))
            .addOutput(value("distance", 1))
            .addInitializer(tensor("green", Shape.of(1, 3, 1, 1), 0, 1 / 255f, 0))
            .addNode(node("Conv", List.of("input", "green"), "distance")));
  }

  /**
   * A model whose first expert finds red; its gates trust that one by the mean of red / 255, and
   * the others, which vote for nothing, not at all.
   */
  static Path writeWithExperts(Path file) throws IOException {
    float[] votes = new float[15 * 2];
    votes[0] = 1;
    votes[3] = 1;
    float[] trust = new float[9 * 3];
    trust[0] = 1 / 255f;
    return write(
        file,
        red()
            .addOutput(value("expert_logits", 15))
            .addOutput(value("gate_weights", 9))
            .addInitializer(tensor("votes", Shape.of(15, 2, 1, 1), votes))
            .addInitializer(tensor("trust", Shape.of(9, 3, 1, 1), trust))
            .addInitializer(integer("first", 0))
            .addNode(node("Conv", List.of("logits", "votes"), "expert_logits"))
            .addNode(node("GlobalAveragePool", List.of("input"), "mean"))
            .addNode(node("Conv", List.of("mean", "trust"), "gate_weights"))
            .addNode(
                node("Gather", List.of("gate_weights", "first"), "first_weight").toBuilder()
                    .addAttribute(ALONG_CHANNELS)
                    .build())
            .addNode(node("Mul", List.of("logits", "first_weight"), "fused"))
            .addNode(softmax("fused")));
  }

  /** The model, with the side of the pixels that it was trained on. */
  public static Path write(Path file, double micronsPerPixel) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(write(file))).toBuilder();
    model.addMetadataProps(
        StringStringEntryProto.newBuilder()
            .setKey("semimoe.pixel.size.um")
            .setValue(Double.toString(micronsPerPixel)));
    return Files.write(file, model.build().toByteArray());
  }

  /** A model that takes 2⁴⁷ bytes for an input of 32 pixels' side or more, and 4 for one of 16. */
  public static Path writeGreedy(Path file) throws IOException {
    GraphProto.Builder greedy =
        red()
            .addInitializer(integer("side", 3))
            .addInitializer(integer("2", 2))
            .addInitializer(integer("16", 16))
            .addInitializer(integer("45", 45))
            .addNode(node("Shape", List.of("input"), "sides"))
            .addNode(node("Gather", List.of("sides", "side"), "length"))
            .addNode(node("Div", List.of("length", "16"), "ratio"))
            .addNode(node("Min", List.of("ratio", "2"), "base"))
            .addNode(node("Pow", List.of("base", "45"), "many"))
            .addNode(node("ConstantOfShape", List.of("many"), "zeros"))
            .addNode(node("ReduceMax", List.of("zeros"), "zero"))
            .addNode(node("Add", List.of("logits", "zero"), "sum"))
            .addNode(softmax("sum"));
    return write(file, greedy);
  }

  /** A model whose output is no probability. */
  public static Path writeWithoutSoftmax(Path file) throws IOException {
    return write(file, red().addNode(node("Identity", List.of("logits"), "output")));
  }

  /** The logits of background, 0, and of red. */
  private static GraphProto.Builder red() {
    return logits(tensor("weight", Shape.of(2, 3, 1, 1), 0, 0, 0, 0.1f, 0, 0), RED);
  }

  private static GraphProto.Builder logits(TensorProto weight, NodeProto convolution) {
    return GraphProto.newBuilder()
        .addInitializer(weight)
        .addInitializer(tensor("bias", Shape.of(2), 0, -12.75f))
        .addNode(convolution);
  }

  /** A model with these nodes, from {@code input} to {@code output}. */
  private static Path write(Path file, GraphProto.Builder nodes) throws IOException {
    ModelDescription description =
        new ModelDescription(
            List.of("background", "gland"),
            16,
            16,
            "compact",
            0.5f,
            8,
            ModelDescription.Prediction.RESIZE,
            Map.of("seed", "1"),
            Map.of("pooledDice@16", "0.9"),
            OptionalDouble.empty());
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("red")
            .addInput(value("input", 3))
            .addOutput(value("output", 2))
            .mergeFrom(nodes.build())
            .build();
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph);
    description
        .toMetadata()
        .forEach(
            (key, text) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return Files.write(file, model.build().toByteArray());
  }

  private static NodeProto softmax(String input) {
    return node("Softmax", List.of(input), "output").toBuilder()
        .addAttribute(ALONG_CHANNELS)
        .build();
  }

  private static NodeProto node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  private static TensorProto tensor(String name, Shape shape, float... values) {
    return TensorProtos.constant(name, Constant.floats(shape, values));
  }

  private static TensorProto integer(String name, long value) {
    return TensorProtos.constant(name, Constant.longs(value));
  }

  private static ValueInfoProto value(String name, int channels) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(channels))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("H"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("W"));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
        .build();
  }
}
