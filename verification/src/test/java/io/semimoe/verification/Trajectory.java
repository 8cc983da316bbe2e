package io.semimoe.verification;

import io.semimoe.dataset.DataException;
import io.semimoe.graph.Graph;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.SemiMoeObjective;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.BatchInputs;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.runtime.StepOutputs;
import io.semimoe.training.runtime.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The iterations of a reference trajectory, trained by this project from the same initial
 * parameters on the same batches. Sizes come from the arrays.
 *
 * @param reference the vectors of the independent implementation
 * @param steps what this project computed, one element per iteration
 */
record Trajectory(ReferenceVectors reference, List<Step> steps) {
  /** Constants of the reference vectors; the learning rate is {@link #learningRate}. */
  static final Optimizer.AdamW ADAMW = new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01);

  /** Constants of the reference vectors. */
  static final Optimizer.Sgd SGD = new Optimizer.Sgd(0.9, 5e-5);

  /**
   * One iteration.
   *
   * @param iteration losses and outputs of both passes, before the update
   * @param s adaptive weights after the update
   * @param before parameters by name, before the update
   * @param after parameters and running statistics by name, after the update
   */
  record Step(
      NetworkTrainer.Iteration iteration,
      TaskValues s,
      Map<String, float[]> before,
      Map<String, float[]> after) {

    /**
     * Returns an output of the unlabelled images: all of the first of two passes, or each other.
     */
    float[] unlabelled(String output) {
      StepOutputs pass = iteration.passes().get(0);
      float[] all = pass.floats(output);
      if (iteration.passes().size() == 2) {
        return all;
      }
      int images = pass.floats(SemiMoeObjective.PSEUDO_FOREGROUND).length / 2;
      int length = all.length / 2 / images;
      float[] part = new float[images * length];
      for (int i = 0; i < images; i++) {
        System.arraycopy(all, 2 * i * length, part, i * length, length);
      }
      return part;
    }

    /** Returns the gradient of a parameter, passes added up as the runtime does, in float. */
    float[] gradient(String parameter) {
      float[] sum = new float[before.get(parameter).length];
      for (StepOutputs pass : iteration.passes()) {
        float[] gradient = pass.floats("gradient." + parameter);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += gradient[i];
        }
      }
      return sum;
    }

    /** Returns the losses by the name they have in the vectors. */
    Map<String, TaskValues> losses() {
      return Map.of(
          "loss_unlabelled", iteration.unlabelled().orElseThrow().expert(),
          "loss_labelled_expert", iteration.labelled().expert(),
          "loss_labelled_gate", iteration.labelled().gate());
    }
  }

  /** Returns a parameter or running statistic at the end of the vectors; variances with n − 1. */
  float[] referenceEnd(String name) {
    boolean isVariance = name.endsWith(".running_var");
    return reference.get("final/" + name + (isVariance ? "_unbiased" : "")).floats();
  }

  static double learningRate(Optimizer optimizer) {
    return optimizer instanceof Optimizer.Sgd ? 0.05 : 1e-3;
  }

  /**
   * Trains all iterations of the vectors of an optimizer.
   *
   * @param batchesInPass 1 or 2: both batches in a pass each or together
   */
  static Trajectory train(Optimizer optimizer, int batchesInPass)
      throws IOException, DataException {
    return train(optimizer, batchesInPass, new TaskValues(1, 0.5, 1), Integer.MAX_VALUE);
  }

  /**
   * Trains the first iteration of the vectors of SGD, in two passes, with other coefficients of the
   * tasks, by which the adaptive weights are multiplied.
   */
  static Step firstStep(TaskValues coefficients) throws IOException, DataException {
    return train(SGD, 1, coefficients, 1).steps().get(0);
  }

  /** Trains in a folder of its own. */
  private static Trajectory train(
      Optimizer optimizer, int batchesInPass, TaskValues coefficients, int most)
      throws IOException, DataException {
    Path folder = Files.createTempDirectory("trajectory");
    try {
      return train(optimizer, batchesInPass, coefficients, most, folder);
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static Trajectory train(
      Optimizer optimizer, int batchesInPass, TaskValues coefficients, int most, Path folder)
      throws IOException, DataException {
    String kind = optimizer instanceof Optimizer.Sgd ? "sgd" : "adamw";
    ReferenceVectors reference = ReferenceVectors.open("trajectory-" + kind + ".npz");
    int[] image = reference.get("step0/labelled").dims();
    int width = reference.get("initial/segmentation.encoder.0.0.conv.weight").dim(0);
    NetworkSpec network = new NetworkSpec(width, image[0], image[2], image[3]);
    TrainingDesign design = new TrainingDesign(network, batchesInPass, 0, optimizer, false);
    Graph graph = SemiMoeGraphs.training(design, true);
    ArtifactWriter.write(folder, design, graph);
    Path initial = folder.resolve("checkpoint");
    CheckpointFile.write(
        initial,
        graph,
        v ->
            reference.has("initial/" + v.name())
                ? reference.get("initial/" + v.name()).floats()
                : v.initialValues(0));
    try (TrainingSession session =
        TrainingSession.open(folder, initial, TestDevice.settings(Optional.empty()))) {
      NetworkTrainer trainer = new NetworkTrainer(session, design, initialLoss(coefficients));
      List<Step> steps = new ArrayList<>();
      Map<String, float[]> before = byName(CheckpointFile.read(initial));
      while (steps.size() < most && reference.has("step" + steps.size() + "/lambda")) {
        String prefix = "step" + steps.size() + "/";
        NetworkTrainer.Iteration iteration =
            trainer.iterate(
                labelled(reference, prefix),
                Optional.of(unlabelled(reference, prefix)),
                reference.get(prefix + "lambda").scalar(),
                learningRate(optimizer),
                0);
        Path checkpoint = folder.resolve("after");
        session.saveCheckpoint(checkpoint, false);
        Map<String, float[]> after = byName(CheckpointFile.read(checkpoint));
        steps.add(new Step(iteration, trainer.loss().s(), before, after));
        before = after;
      }
      return new Trajectory(reference, List.copyOf(steps));
    }
  }

  private static AdaptiveMultiObjectiveLoss initialLoss(TaskValues coefficients) {
    return AdaptiveMultiObjectiveLoss.initial(
        new AdaptiveMultiObjectiveLoss.Settings(1, 0.05, 5e-5, coefficients, 0.4));
  }

  private static BatchInputs labelled(ReferenceVectors reference, String prefix) {
    return new BatchInputs(
        reference.get(prefix + "labelled").floats(),
        reference.get(prefix + "mask").floats(),
        reference.get(prefix + "sdf").floats(),
        reference.get(prefix + "boundary").floats(),
        new float[0]);
  }

  private static BatchInputs unlabelled(ReferenceVectors reference, String prefix) {
    float[] none = new float[0];
    return new BatchInputs(reference.get(prefix + "unlabelled").floats(), none, none, none, none);
  }

  private static Map<String, float[]> byName(Checkpoint checkpoint) {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (CheckpointTensor tensor : checkpoint.parameters()) {
      tensors.put(tensor.name(), tensor.values());
    }
    for (CheckpointTensor tensor : checkpoint.states()) {
      if (tensor.name().contains(".running_")) {
        tensors.put(tensor.name(), tensor.values());
      }
    }
    return tensors;
  }
}
