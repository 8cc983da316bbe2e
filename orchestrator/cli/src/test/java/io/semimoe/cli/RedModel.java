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

  private RedModel() {}

  public static Path write(Path file) throws IOException {
    return write(file, GraphProto.newBuilder().addNode(softmax("logits")));
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
  static Path writeGreedy(Path file) throws IOException {
    GraphProto.Builder greedy =
        GraphProto.newBuilder()
            .addInitializer(integers("side", 3))
            .addInitializer(integers("2", 2))
            .addInitializer(integers("16", 16))
            .addInitializer(integers("45", 45))
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

  /** A model whose graph ends with these nodes, from {@code logits} to {@code output}. */
  private static Path write(Path file, GraphProto.Builder end) throws IOException {
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
            .addInitializer(tensor("weight", List.of(2L, 3L, 1L, 1L), 0, 0, 0, 0.1f, 0, 0))
            .addInitializer(tensor("bias", List.of(2L), 0, -12.75f))
            .addNode(node("Conv", List.of("input", "weight", "bias"), "logits"))
            .mergeFrom(end.build())
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
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeProto.AttributeType.INT)
                .setI(1))
        .build();
  }

  private static TensorProto integers(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addDims(1)
        .addInt64Data(value)
        .build();
  }

  private static NodeProto node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setName(operator)
        .setOpType(operator)
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  private static TensorProto tensor(String name, List<Long> dims, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(FLOAT).addAllDims(dims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
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
