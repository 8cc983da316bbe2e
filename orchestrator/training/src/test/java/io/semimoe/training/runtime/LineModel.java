package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.flatbuffers.FlatBufferBuilder;
import io.semimoe.dataset.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The smallest model that trains: y = w·x on four numbers, loss = mean((y − t)²), where t is the
 * target or, if {@code use_target} is false, zero. Its gradient 2·mean((y − t)·x) and plain
 * gradient descent are written out by hand.
 */
final class LineModel {
  static final int POINTS = 4;
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
  private static final int BOOL = TensorProto.DataType.BOOL_VALUE;
  private static final int INT64 = TensorProto.DataType.INT64_VALUE;
  private static final String CONTRIB = "com.microsoft";
  private static final String BUFFER = "w_grad.accumulation.buffer";

  private LineModel() {}

  /** Writes the three models and a checkpoint with this weight into {@code folder}. */
  static void write(Path folder, float weight) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(TrainingArtifacts.TRAINING_MODEL), training().toByteArray());
    Files.write(folder.resolve(TrainingArtifacts.EVAL_MODEL), evaluation().toByteArray());
    Files.write(folder.resolve(TrainingArtifacts.OPTIMIZER_MODEL), optimizer().toByteArray());
    Files.write(checkpoint(folder), content(weight));
  }

  /** Opens what was written into {@code folder}. */
  static TrainingSession open(Path folder, SessionSettings settings) throws DataException {
    return TrainingSession.open(folder, checkpoint(folder), settings);
  }

  static Path checkpoint(Path folder) {
    return folder.resolve("checkpoint");
  }

  private static ModelProto training() {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("training")
            .addInput(tensor("x", FLOAT, POINTS))
            .addInput(tensor("target", FLOAT, POINTS))
            .addInput(tensor("use_target", BOOL, 1))
            .addInput(tensor("w", FLOAT, 1))
            .addInput(tensor(BUFFER, FLOAT, 1))
            .addInput(tensor("lazy_reset_grad", BOOL, 1))
            .addInitializer(constant("zero", 0))
            .addInitializer(constant("two", 2))
            .addNode(node("", "Mul", List.of("x", "w"), "y"))
            .addNode(node("", "Where", List.of("use_target", "target", "zero"), "t"))
            .addNode(node("", "Sub", List.of("y", "t"), "difference"))
            .addNode(node("", "Mul", List.of("difference", "difference"), "squares"))
            .addNode(mean("squares", "loss", 0))
            .addNode(node("", "Mul", List.of("difference", "x"), "products"))
            .addNode(mean("products", "half_gradient", 1))
            .addNode(node("", "Mul", List.of("half_gradient", "two"), "w_grad"))
            .addNode(
                node(
                    CONTRIB,
                    "InPlaceAccumulatorV2",
                    List.of(BUFFER, "w_grad", "lazy_reset_grad"),
                    "w_grad.accumulation.out"))
            .addOutput(tensor("loss", FLOAT))
            .addOutput(tensor("y", FLOAT, POINTS))
            .addOutput(tensor("w_grad.accumulation.out", BOOL, 1));
    return model(graph);
  }

  private static ModelProto evaluation() {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("evaluation")
            .addInput(tensor("x", FLOAT, POINTS))
            .addInput(tensor("w", FLOAT, 1))
            .addNode(node("", "Mul", List.of("x", "w"), "y"))
            .addOutput(tensor("y", FLOAT, POINTS));
    return model(graph);
  }

  private static ModelProto optimizer() {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("optimizer")
            .addInput(tensor("learning_rate", FLOAT, 1))
            .addInput(tensor("step", INT64, 1))
            .addInput(sequence("params"))
            .addInput(sequence("gradients"))
            .addInput(sequence("first_order_moments"))
            .addNode(
                node(
                    CONTRIB,
                    "SGDOptimizerV2",
                    List.of("learning_rate", "params", "gradients"),
                    "update_completed"))
            .addOutput(tensor("update_completed", BOOL, 1));
    return model(graph);
  }

  private static ModelProto model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(CONTRIB).setVersion(1))
        .setGraph(graph)
        .build();
  }

  private static NodeProto node(String domain, String op, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setName(op + "_" + output)
        .setDomain(domain)
        .setOpType(op)
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  private static NodeProto mean(String input, String output, int keepDimensions) {
    return node("", "ReduceMean", List.of(input), output).toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("keepdims")
                .setType(AttributeProto.AttributeType.INT)
                .setI(keepDimensions))
        .build();
  }

  private static TensorProto constant(String name, float value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(FLOAT)
        .addDims(1)
        .addFloatData(value)
        .build();
  }

  private static ValueInfoProto tensor(String name, int type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type).setShape(dimensions)))
        .build();
  }

  private static ValueInfoProto sequence(String name) {
    TypeProto element =
        TypeProto.newBuilder()
            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(element)))
        .build();
  }

  private static byte[] content(float weight) {
    FlatBufferBuilder b = new FlatBufferBuilder();
    byte[] raw =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(weight).array();
    int name = b.createString("w");
    int data = b.createByteVector(raw);
    b.startVector(Long.BYTES, 1, Long.BYTES);
    b.addLong(1);
    int dimensions = b.endVector();
    b.startTable(7);
    b.addLong(6, -1, 0);
    b.addOffset(0, name, 0);
    b.addOffset(2, dimensions, 0);
    b.addInt(3, FLOAT, 0);
    b.addOffset(4, data, 0);
    int tensor = b.endTable();
    int trained = offsets(b, tensor);
    int frozen = offsets(b);
    b.startTable(4);
    b.addOffset(0, trained, 0);
    b.addOffset(1, frozen, 0);
    int module = b.endTable();
    b.startTable(4);
    b.addInt(0, 2, 0);
    b.addOffset(1, module, 0);
    b.finish(b.endTable(), "ODTC");
    return b.sizedByteArray();
  }

  private static int offsets(FlatBufferBuilder b, int... tables) {
    b.startVector(Integer.BYTES, tables.length, Integer.BYTES);
    for (int table : tables) {
      b.addOffset(table);
    }
    return b.endVector();
  }
}
