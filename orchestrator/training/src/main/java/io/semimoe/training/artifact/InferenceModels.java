package io.semimoe.training.artifact;

import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.softmax;
import static io.semimoe.graph.Operators.split;
import static io.semimoe.graph.Operators.sub;
import static io.semimoe.graph.Operators.tanh;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.network.SemiMoeNetwork;
import io.semimoe.graph.network.Task;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Self-contained models for inference: RGB pixels in, probabilities out; normalisation and softmax
 * are in the graph.
 *
 * @param network sizes of the network
 * @param normalization normalisation that it was trained with
 * @param contents values of its parameters and states by name
 * @param metadata key-value pairs that the models carry
 */
public record InferenceModels(
    NetworkSpec network,
    Normalization normalization,
    Function<String, float[]> contents,
    Map<String, String> metadata) {
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

  private static final float PIXEL_RANGE = 255;

  /** Returns the model whose batch size, height and width (multiples of 16) are open. */
  public ModelProto dynamic() {
    Graph graph = new Graph();
    SemiMoeNetwork.Outputs network =
        SemiMoeNetwork.inferenceOfAllTasks(normalized(graph), this.network.width());
    Map<Task, Value> logits = network.gateLogits();
    graph.output(OUTPUT, softmax(logits.get(Task.SEGMENTATION), 1));
    graph.output(DISTANCE, tanh(logits.get(Task.DISTANCE)));
    graph.output(BOUNDARY, split(softmax(logits.get(Task.BOUNDARY), 1), 1, 1, 1).get(1));
    graph.output(GATE_WEIGHTS, concat(1, List.copyOf(network.gateWeights().values())));
    List<Value> projections = new ArrayList<>();
    for (int expert = 0; expert < Task.values().length; expert++) {
      for (Task task : Task.values()) {
        projections.add(network.projections().get(task).get(expert));
      }
    }
    graph.output(EXPERT_LOGITS, concat(1, projections));
    return OnnxModel.selfContained(
        "semi-moe", graph, contents, List.of("N", "", "H", "W"), metadata);
  }

  /**
   * Returns the model for batches, height and width of {@link #network} alone, with {@link #OUTPUT}
   * as its only output: tools that embed a network expect one.
   */
  public ModelProto fixed() {
    Graph graph = new Graph();
    Value logits = SemiMoeNetwork.inference(normalized(graph), network.width());
    graph.output(OUTPUT, softmax(logits, 1));
    return OnnxModel.selfContained("semi-moe", graph, contents, List.of(), metadata);
  }

  private Value normalized(Graph graph) {
    Value input = graph.input(INPUT, TensorType.floats(network.images(3)));
    float[] mean = normalization.mean();
    float[] scale = normalization.std();
    for (int c = 0; c < 3; c++) {
      mean[c] *= PIXEL_RANGE;
      scale[c] = 1 / (scale[c] * PIXEL_RANGE);
    }
    Shape channels = Shape.of(1, 3, 1, 1);
    Value centred = sub(input, graph.constant(Constant.floats(channels, mean)));
    return mul(centred, graph.constant(Constant.floats(channels, scale)));
  }
}
