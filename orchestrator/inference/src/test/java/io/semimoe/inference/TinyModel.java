package io.semimoe.inference;

import ai.onnx.proto.OnnxMl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A hand-made ONNX model: foreground logit = (red − 127.5) / 10, background logit 0, then softmax,
 * so the probability is sigmoid((red − 127.5) / 10).
 */
final class TinyModel {
  static final int TILE = 16;

  static final ModelDescription DESCRIPTION =
      new ModelDescription(
          List.of("background", "gland"),
          TILE,
          8,
          "compact",
          0.5f,
          16,
          ModelDescription.Prediction.RESIZE,
          Map.of("seed", "1"),
          Map.of("pooledDice@16", "0.9"),
          OptionalDouble.empty());

  private static final int FREE = -1;

  private int inputChannels = 3;
  private int side = FREE;
  private boolean experts;
  private final List<String> copies = new ArrayList<>();
  private float redness;
  private float bias = -12.75f;
  private String inputName = "input";
  private final Map<String, String> metadata = new TreeMap<>(DESCRIPTION.toMetadata());

  /**
   * With the outputs of the experts: expert k votes (red, green, blue)[k] / 10 for the foreground,
   * (…)[k] / 100 for the distance and (…)[k] / 20 for a boundary; all gates trust expert k by the
   * mean of (red, green, blue)[k] / 255.
   */
  TinyModel withExperts() {
    experts = true;
    return this;
  }

  /** With a further output that is the input again, whatever it should be. */
  TinyModel withInputAs(String output) {
    copies.add(output);
    return this;
  }

  /** With signed distances that are red times {@code factor}. */
  TinyModel withDistance(float factor) {
    redness = factor;
    return this;
  }

  TinyModel withStaticSide(int newSide) {
    side = newSide;
    return this;
  }

  TinyModel withInputChannels(int channels) {
    inputChannels = channels;
    return this;
  }

  TinyModel withInputName(String name) {
    inputName = name;
    return this;
  }

  TinyModel withBias(float newBias) {
    bias = newBias;
    return this;
  }

  TinyModel with(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  TinyModel without(String key) {
    metadata.remove(key);
    return this;
  }

  byte[] bytes() {
    OnnxMl.TensorProto.Builder weight =
        OnnxMl.TensorProto.newBuilder()
            .setName("weight")
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(List.of(2L, (long) inputChannels, 1L, 1L));
    for (int i = 0; i < 2 * inputChannels; i++) {
      weight.addFloatData(i == inputChannels ? 0.1f : 0);
    }
    OnnxMl.GraphProto.Builder graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("tiny")
            .addInput(value(inputName, inputChannels))
            .addOutput(value("output", 2))
            .addInitializer(weight)
            .addInitializer(
                OnnxMl.TensorProto.newBuilder()
                    .setName("bias")
                    .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                    .addDims(2)
                    .addFloatData(0)
                    .addFloatData(bias))
            .addNode(
                OnnxMl.NodeProto.newBuilder()
                    .setName("conv")
                    .setOpType("Conv")
                    .addAllInput(List.of(inputName, "weight", "bias"))
                    .addOutput("logits"))
            .addNode(
                OnnxMl.NodeProto.newBuilder()
                    .setName("softmax")
                    .setOpType("Softmax")
                    .addInput("logits")
                    .addOutput("output")
                    .addAttribute(
                        OnnxMl.AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(OnnxMl.AttributeProto.AttributeType.INT)
                            .setI(1)));
    if (experts) {
      addExperts(graph);
    }
    copies.forEach(
        name ->
            graph.addOutput(value(name, 3)).addNode(node("Identity", List.of(inputName), name)));
    if (redness != 0) {
      graph
          .addOutput(value("distance", 1))
          .addInitializer(weight("redness", new float[] {redness, 0, 0}))
          .addNode(node("Conv", List.of(inputName, "redness"), "distance"));
    }
    OnnxMl.ModelProto.Builder model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph);
    metadata.forEach(
        (key, text) ->
            model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return model.build().toByteArray();
  }

  private void addExperts(OnnxMl.GraphProto.Builder graph) {
    float[] votes = new float[15 * 3];
    float[] trust = new float[9 * 3];
    float[] slopes = {0, 0.1f, 0.01f, 0, 0.05f};
    for (int expert = 0; expert < 3; expert++) {
      for (int channel = 0; channel < slopes.length; channel++) {
        votes[(5 * expert + channel) * 3 + expert] = slopes[channel];
      }
      for (int gate = 0; gate < 3; gate++) {
        trust[(3 * gate + expert) * 3 + expert] = 1 / 255f;
      }
    }
    graph
        .addOutput(value("expert_logits", 15))
        .addOutput(value("gate_weights", 9))
        .addInitializer(weight("votes", votes))
        .addInitializer(weight("trust", trust))
        .addNode(node("Conv", List.of(inputName, "votes"), "expert_logits"))
        .addNode(node("GlobalAveragePool", List.of(inputName), "pooled"))
        .addNode(node("Conv", List.of("pooled", "trust"), "gate_weights"));
  }

  private static OnnxMl.NodeProto.Builder node(String op, List<String> inputs, String output) {
    return OnnxMl.NodeProto.newBuilder()
        .setName(output)
        .setOpType(op)
        .addAllInput(inputs)
        .addOutput(output);
  }

  private static OnnxMl.TensorProto.Builder weight(String name, float[] values) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(List.of(values.length / 3L, 3L, 1L, 1L));
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor;
  }

  private OnnxMl.ValueInfoProto value(String name, int channels) {
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(
                            OnnxMl.TensorShapeProto.newBuilder()
                                .addDim(dimension("N", FREE))
                                .addDim(dimension("C", channels))
                                .addDim(dimension("H", side))
                                .addDim(dimension("W", side)))))
        .build();
  }

  private static OnnxMl.TensorShapeProto.Dimension dimension(String name, int size) {
    return size == FREE
        ? OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam(name).build()
        : OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
  }
}
