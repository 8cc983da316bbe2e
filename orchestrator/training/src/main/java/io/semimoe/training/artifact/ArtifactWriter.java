package io.semimoe.training.artifact;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.OptimizerModel;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.training.runtime.TrainingArtifacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes the three models of ONNX Runtime Training. */
public final class ArtifactWriter {
  private ArtifactWriter() {}

  /**
   * Writes {@code training_model.onnx}, {@code eval_model.onnx} and {@code optimizer_model.onnx}.
   *
   * @param folder an existing folder
   * @param training the graph of {@link SemiMoeGraphs#training} for this design
   * @throws IOException if a file cannot be written
   */
  public static void write(Path folder, TrainingDesign design, Graph training) throws IOException {
    for (Map.Entry<String, ModelProto> model : models(design, training).entrySet()) {
      save(folder.resolve(model.getKey()), model.getValue());
    }
  }

  /** Returns the models that {@link #write} writes, by the names of their files. */
  public static Map<String, ModelProto> models(TrainingDesign design, Graph training) {
    // Evaluation is fed all variables in the order of training, so it declares them all.
    List<Variable> variables =
        Stream.concat(training.parameters().stream(), training.states().stream()).toList();
    return Map.of(
        TrainingArtifacts.TRAINING_MODEL,
        OnnxModel.withVariablesAsInputs("training", training, variables),
        TrainingArtifacts.EVAL_MODEL,
        OnnxModel.withVariablesAsInputs("evaluation", SemiMoeGraphs.evaluation(design), variables),
        TrainingArtifacts.OPTIMIZER_MODEL,
        OptimizerModel.of(design.optimizer()));
  }

  /**
   * Writes the checkpoint with which training begins.
   *
   * <p>Takes the memory of the file on the heap, that of the parameters, which is given back to the
   * system before this returns: training allocates so little there that nothing else would do so,
   * and the native side needs the memory next.
   *
   * @param contents gives the elements of each parameter and running statistic, in row-major order
   * @throws IOException if the file cannot be written
   */
  public static void writeInitialCheckpoint(
      Path file, Graph training, Function<Variable, float[]> contents) throws IOException {
    CheckpointFile.write(file, training, contents);
    System.gc();
  }

  private static void save(Path file, ModelProto model) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      model.writeTo(out);
    }
  }
}
