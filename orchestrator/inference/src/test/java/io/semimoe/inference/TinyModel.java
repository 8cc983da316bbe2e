package io.semimoe.inference;

import ai.onnx.proto.OnnxMl;
import io.semimoe.dataset.raster.RgbImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
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
  private boolean sparse;
  private float bias = -12.75f;
  private boolean leftwards;
  private boolean endless;
  private int outputChannels = 2;
  private String inputName = "input";
  private String outputName = "output";
  private final Map<String, String> metadata = new TreeMap<>(DESCRIPTION.toMetadata());

  /** Options for tiles of {@link #TILE} pixels, run by one thread. */
  static SegmenterOptions.Builder tiles() {
    return SegmenterOptions.builder()
        .threads(1)
        .prediction(ModelDescription.Prediction.TILES)
        .tileSize(TILE);
  }

  /** An image of samples drawn at random, the same for the same sides. */
  static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(width * 31L + height).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  /** An image to try the model on: the left half is red, the right half blue. */
  static RgbImage halves(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      rgb[i * 3 + (i % width < width / 2 ? 0 : 2)] = (byte) 200;
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * With the outputs of the experts: expert k votes (red, green, blue)[k] / 10 for the foreground,
   * (…)[k] / 100 for the distance and (…)[k] / 20 for a boundary; all gates trust expert k by the
   * mean of (red, green, blue)[k] / 255. By itself the model gives the distance tanh(green / 100)
   * and the boundary sigmoid(blue / 20).
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

  /** With signed distances for every second row and column only, whatever they are for. */
  TinyModel withSparseDistance() {
    redness = 0.005f;
    sparse = true;
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

  TinyModel withOutputChannels(int channels) {
    outputChannels = channels;
    return this;
  }

  TinyModel withOutputName(String name) {
    outputName = name;
    return this;
  }

  /** Sees at each pixel the one to the left of it, and black beyond the border. */
  TinyModel lookingLeft() {
    leftwards = true;
    return this;
  }

  /** Needs more memory than any machine can address. */
  TinyModel withoutEnd() {
    endless = true;
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
            .addAllDims(List.of((long) outputChannels, (long) inputChannels, 1L, 1L));
    for (int i = 0; i < outputChannels * inputChannels; i++) {
      weight.addFloatData(i == inputChannels ? 0.1f : 0);
    }
    OnnxMl.GraphProto.Builder graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("tiny")
            .addInput(value(inputName, inputChannels))
            .addOutput(value(outputName, outputChannels))
            .addInitializer(weight)
            .addInitializer(
                OnnxMl.TensorProto.newBuilder()
                    .setName("bias")
                    .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                    .addDims(outputChannels)
                    .addFloatData(0)
                    .addFloatData(bias)
                    .addAllFloatData(Collections.nCopies(outputChannels - 2, 0f)));
    String seen = leftwards ? shifted(graph) : inputName;
    graph.addNode(node("Conv", List.of(seen, "weight", "bias"), endless ? "finite" : "logits"));
    if (endless) {
      addAddend(graph, seen);
    }
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setName("softmax")
            .setOpType("Softmax")
            .addInput("logits")
            .addOutput(outputName)
            .addAttribute(number("axis", 1)));
    if (experts) {
      addExperts(graph, seen);
    }
    copies.forEach(
        name ->
            graph.addOutput(value(name, 3)).addNode(node("Identity", List.of(inputName), name)));
    if (redness != 0) {
      graph
          .addOutput(value("distance", 1))
          .addInitializer(weight("redness", new float[] {redness, 0, 0}))
          .addNode(
              node("Conv", List.of(inputName, "redness"), "distance")
                  .addAttribute(numbers("strides", Collections.nCopies(2, sparse ? 2L : 1L))));
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

  /** A convolution of each colour with the kernel (1, 0, 0). */
  private String shifted(OnnxMl.GraphProto.Builder graph) {
    graph
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("left")
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(List.of(3L, 1L, 1L, 3L))
                .addAllFloatData(List.of(1f, 0f, 0f, 1f, 0f, 0f, 1f, 0f, 0f)))
        .addNode(
            node("Conv", List.of(inputName, "left"), "seen")
                .addAttribute(number("group", 3))
                .addAttribute(numbers("pads", List.of(0L, 1L, 0L, 1L))));
    return "seen";
  }

  /** Adds the maximum of 2⁵⁸ copies of the mean colours. */
  private static void addAddend(OnnxMl.GraphProto.Builder graph, String seen) {
    graph
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("sides")
                .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                .addDims(4)
                .addAllInt64Data(List.of(1L << 19, 3L, 1L << 19, 1L << 20)))
        .addNode(node("GlobalAveragePool", List.of(seen), "mean"))
        .addNode(node("Expand", List.of("mean", "sides"), "copies"))
        .addNode(node("ReduceMax", List.of("copies"), "addend").addAttribute(number("keepdims", 0)))
        .addNode(node("Add", List.of("finite", "addend"), "logits"));
  }

  private static OnnxMl.AttributeProto.Builder number(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static OnnxMl.AttributeProto.Builder numbers(String name, List<Long> values) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INTS)
        .addAllInts(values);
  }

  private void addExperts(OnnxMl.GraphProto.Builder graph, String seen) {
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
        .addOutput(value("distance", 1))
        .addOutput(value("boundary", 1))
        .addInitializer(weight("field", new float[] {0, 0.01f, 0}))
        .addInitializer(weight("edge", new float[] {0, 0, 0.05f}))
        .addNode(node("Conv", List.of(seen, "field"), "field_logits"))
        .addNode(node("Tanh", List.of("field_logits"), "distance"))
        .addNode(node("Conv", List.of(seen, "edge"), "edge_logits"))
        .addNode(node("Sigmoid", List.of("edge_logits"), "boundary"))
        .addNode(node("Conv", List.of(seen, "votes"), "expert_logits"))
        .addNode(node("GlobalAveragePool", List.of(seen), "pooled"))
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
