package io.semimoe.training.artifact;

import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.softmax;
import static io.semimoe.graph.Operators.sub;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.network.SemiMoeNetwork;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
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

  private static final float PIXEL_RANGE = 255;

  /** Returns the model whose batch size, height and width (multiples of 16) are open. */
  public ModelProto dynamic() {
    return OnnxModel.selfContained(
        "semi-moe", graph(), contents, List.of("N", "", "H", "W"), metadata);
  }

  /** Returns the model for batches, height and width of {@link #network} alone. */
  public ModelProto fixed() {
    return OnnxModel.selfContained("semi-moe", graph(), contents, List.of(), metadata);
  }

  private Graph graph() {
    Graph graph = new Graph();
    Value input = graph.input(INPUT, TensorType.floats(network.images(3)));
    float[] mean = normalization.mean();
    float[] scale = normalization.std();
    for (int c = 0; c < 3; c++) {
      mean[c] *= PIXEL_RANGE;
      scale[c] = 1 / (scale[c] * PIXEL_RANGE);
    }
    Shape channels = Shape.of(1, 3, 1, 1);
    Value centred = sub(input, graph.constant(Constant.floats(channels, mean)));
    Value normalized = mul(centred, graph.constant(Constant.floats(channels, scale)));
    Value logits = SemiMoeNetwork.inference(normalized, network.width());
    graph.output(OUTPUT, softmax(logits, 1));
    return graph;
  }
}
