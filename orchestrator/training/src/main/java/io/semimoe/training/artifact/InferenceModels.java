package io.semimoe.training.artifact;

import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.softmax;
import static io.semimoe.graph.Operators.split;
import static io.semimoe.graph.Operators.sub;
import static io.semimoe.graph.Operators.tanh;
import static io.semimoe.inference.ModelTensors.BOUNDARY;
import static io.semimoe.inference.ModelTensors.DISTANCE;
import static io.semimoe.inference.ModelTensors.EXPERT_LOGITS;
import static io.semimoe.inference.ModelTensors.GATE_WEIGHTS;
import static io.semimoe.inference.ModelTensors.INPUT;
import static io.semimoe.inference.ModelTensors.OUTPUT;

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
import io.semimoe.inference.ModelTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Self-contained models for inference: RGB pixels in, probabilities out; normalisation and softmax
 * are in the graph. Inputs and outputs are named by {@link ModelTensors}.
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
   * Returns the model for batches, height and width of {@link #network} alone, with {@link
   * ModelTensors#OUTPUT} as its only output: tools that embed a network expect one.
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
