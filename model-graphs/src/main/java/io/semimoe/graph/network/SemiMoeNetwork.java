package io.semimoe.graph.network;

import static com.google.common.base.Preconditions.checkArgument;
import static io.semimoe.graph.Operators.add;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.split;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Semi-MoE network: three U-Net experts whose features are fused by one gate per task.
 *
 * <p>The fused output of task t is head_t(Σ_k p_tk F_k). Since the head is linear and the weights
 * p_tk of a gate sum to 1, it equals Σ_k p_tk head_t(F_k): the heads are applied to each expert's
 * features first, all in one convolution, and only their few channels are weighted and summed.
 */
public final class SemiMoeNetwork {
  private SemiMoeNetwork() {}

  /**
   * What the network computes, by task.
   *
   * @param expertLogits logits of the experts' own heads, [N, channels, H, W]; none in inference
   * @param gateLogits logits of the fused outputs, [N, channels, H, W]
   * @param gateWeights weights of the experts, [N, 3, 1, 1]
   * @param projections what a gate's head makes of the features of each expert in turn, [N,
   *     channels, H, W]; weighted and summed they are the fused outputs
   */
  public record Outputs(
      Map<Task, Value> expertLogits,
      Map<Task, Value> gateLogits,
      Map<Task, Value> gateWeights,
      Map<Task, List<Value>> projections) {}

  /**
   * Adds the network in training: with batch statistics and the heads of all experts and gates.
   *
   * @param image normalised images [N, 3, H, W]
   * @param width channels w of the first level
   * @param groups number G of groups of images that the batch holds in turn, image i being of group
   *     i mod G; each group is normalised by its own statistics, as if it had a pass of its own,
   *     and enters the running statistics after the group before it
   * @param dropout for each task the factors [N, 3w/2, 1, 1] of its gate's hidden units; empty for
   *     no dropout
   * @throws IllegalArgumentException if the batch is no multiple of the groups
   */
  public static Outputs training(Value image, int width, int groups, Map<Task, Value> dropout) {
    checkArgument(
        groups >= 1 && image.shape().dim(0) % groups == 0,
        "groups: expected a divisor of the batch of %s images, found %s",
        image.shape().dim(0),
        groups);
    TrainingPhase phase = new TrainingPhase(groups);
    Outputs outputs = build(image, width, phase, List.of(Task.values()), true, dropout);
    phase.finish(image.graph());
    return outputs;
  }

  /**
   * Adds the network in inference and returns the logits [N, 2, H, W] of the segmentation gate,
   * which is the model's output.
   */
  public static Value inference(Value image, int width) {
    return build(image, width, new InferencePhase(), List.of(Task.SEGMENTATION), false, Map.of())
        .gateLogits()
        .get(Task.SEGMENTATION);
  }

  /** Adds the network in inference with the gates of all tasks. */
  public static Outputs inferenceOfAllTasks(Value image, int width) {
    return build(image, width, new InferencePhase(), List.of(Task.values()), false, Map.of());
  }

  private static Outputs build(
      Value image,
      int width,
      Phase phase,
      List<Task> gated,
      boolean expertHeads,
      Map<Task, Value> dropout) {
    Graph graph = image.graph();
    Map<Task, Value> features = new EnumMap<>(Task.class);
    for (Task expert : Task.values()) {
      features.put(expert, UNetExpert.features(image, expert, width, phase));
    }
    MultiGating gating = new MultiGating(List.copyOf(features.values()), phase);
    Map<Task, Value> weights = new EnumMap<>(Task.class);
    for (Task task : gated) {
      weights.put(task, gating.weights(task, Optional.ofNullable(dropout.get(task))));
    }

    Heads heads = new Heads(graph, width);
    Map<Task, Value> expertLogits = new EnumMap<>(Task.class);
    Map<Task, List<Value>> projections = new EnumMap<>(Task.class);
    gated.forEach(task -> projections.put(task, new ArrayList<>()));
    for (Task expert : Task.values()) {
      List<Heads.Head> wanted = new ArrayList<>(gated.stream().map(Heads.Head::ofGate).toList());
      if (expertHeads) {
        wanted.add(Heads.Head.ofExpert(expert));
      }
      List<Value> parts = heads.project(features.get(expert), wanted);
      for (int i = 0; i < gated.size(); i++) {
        projections.get(gated.get(i)).add(parts.get(i));
      }
      if (expertHeads) {
        expertLogits.put(expert, parts.get(gated.size()));
      }
    }

    Map<Task, Value> gateLogits = new EnumMap<>(Task.class);
    gated.forEach(task -> gateLogits.put(task, fuse(weights.get(task), projections.get(task))));
    return new Outputs(expertLogits, gateLogits, weights, projections);
  }

  private static Value fuse(Value weights, List<Value> outputs) {
    List<Value> shares = split(weights, 1, 1, 1, 1);
    Value sum = mul(outputs.get(0), shares.get(0));
    for (int k = 1; k < outputs.size(); k++) {
      sum = add(sum, mul(outputs.get(k), shares.get(k)));
    }
    return sum;
  }
}
