package io.semimoe.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The tensors of an exported model, by name, and what their shapes must be. */
public final class ModelTensors {
  /** Input: RGB images, float32 [N, 3, H, W], 0 to 255. */
  public static final String INPUT = "input";

  /** Output: probabilities of background and gland, float32 [N, 2, H, W]. */
  public static final String OUTPUT = "output";

  /** Output of the dynamic model: signed distance field, float32 [N, 1, H, W] in (−1, 1). */
  public static final String DISTANCE = "distance";

  /** Output of the dynamic model: probability of a boundary, float32 [N, 1, H, W]. */
  public static final String BOUNDARY = "boundary";

  /**
   * Output of the dynamic model: weights of the experts, float32 [N, 9, 1, 1]: three for
   * segmentation, three for distance, three for boundary.
   */
  public static final String GATE_WEIGHTS = "gate_weights";

  /**
   * Output of the dynamic model: what the gates' heads make of each expert's features, float32 [N,
   * 15, H, W]: five channels (two of segmentation, distance, two of boundary) for each expert.
   * Weighted by {@link #GATE_WEIGHTS} and summed over the experts they are the logits of the other
   * outputs, so that images larger than memory can be fused with one set of weights.
   */
  public static final String EXPERT_LOGITS = "expert_logits";

  static final int COLOURS = 3;
  static final int CLASSES = 2;
  static final int LOGITS = 15;

  /** Channels of what a model need not give. */
  private static final Map<String, Integer> OPTIONAL =
      Map.of(DISTANCE, 1, BOUNDARY, 1, EXPERT_LOGITS, LOGITS);

  private ModelTensors() {}

  /**
   * Checks what a model says of its tensors.
   *
   * @param tile side at which it was trained
   * @throws ModelException if it is none of ours
   */
  static void check(String model, OrtSession session, int tile)
      throws ModelException, OrtException {
    if (!session.getInputNames().equals(Set.of(INPUT))) {
      throw new ModelException(
          model, "expected one input named " + INPUT + ", found " + session.getInputNames());
    }
    check(model, INPUT, session.getInputInfo(), COLOURS, tile);
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    check(model, OUTPUT, outputs, CLASSES, tile);
    for (Map.Entry<String, Integer> optional : OPTIONAL.entrySet()) {
      if (outputs.containsKey(optional.getKey())) {
        check(model, optional.getKey(), outputs, optional.getValue(), tile);
      }
    }
    if (outputs.containsKey(GATE_WEIGHTS)) {
      checkWeights(model, outputs.get(GATE_WEIGHTS));
    }
  }

  private static void checkWeights(String model, NodeInfo info) throws ModelException {
    if (!(info.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT
        || !fits(tensor.getShape(), GateWeights.COUNT, 1)) {
      throw new ModelException(
          model,
          String.format(
              "expected %s to be float32 [N, %d, 1, 1], found %s",
              GATE_WEIGHTS, GateWeights.COUNT, found(info)));
    }
  }

  private static void check(
      String model, String tensor, Map<String, NodeInfo> infos, int channels, int tile)
      throws ModelException {
    if (!infos.containsKey(tensor)) {
      throw new ModelException(
          model, "expected a tensor named " + tensor + ", found " + infos.keySet());
    }
    if (!(infos.get(tensor).getInfo() instanceof TensorInfo info)
        || info.type != OnnxJavaType.FLOAT
        || !fits(info.getShape(), channels, tile)) {
      throw new ModelException(
          model,
          String.format(
              "expected %s to be float32 [N, %d, H, W] with free sides or %d, found %s",
              tensor, channels, tile, found(infos.get(tensor))));
    }
  }

  private static String found(NodeInfo info) {
    return info.getInfo() instanceof TensorInfo tensor
        ? tensor.type.toString().toLowerCase(Locale.ROOT) + " " + Arrays.toString(tensor.getShape())
        : "no tensor";
  }

  /** Whether a shape is [any, channels, tile or free, tile or free]; free is -1. */
  private static boolean fits(long[] shape, int channels, int tile) {
    return shape.length == 4
        && (shape[0] == -1 || shape[0] == 1)
        && shape[1] == channels
        && (shape[2] == -1 || shape[2] == tile)
        && (shape[3] == -1 || shape[3] == tile);
  }
}
