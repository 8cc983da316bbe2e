package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.DataException;
import io.semimoe.graph.artifact.TrainingGraph;
import io.semimoe.graph.artifact.TrialModel;
import io.semimoe.graph.kernel.CpuKernels;
import io.semimoe.graph.kernel.UnknownShapes;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The models of a training as this machine runs them: on a CPU, temporary copies whose convolutions
 * suit the processor and whose large values are not planned by shape; on CUDA, a copy of the
 * optimizer that can be {@linkplain OptimizerTrial tried out}. So the artifacts themselves stay the
 * same for every machine. They are needed while a session opens.
 *
 * @param trainingModel file of the training model
 * @param evalModel file of the eval model
 * @param optimizerModel file of the optimizer model
 * @param copies what {@link #close} deletes
 */
record TunedModels(Path trainingModel, Path evalModel, Path optimizerModel, TemporaryModels copies)
    implements AutoCloseable {
  /**
   * Writes the copies.
   *
   * @throws DataException if a model cannot be read or a copy cannot be written
   */
  static TunedModels of(
      TrainingArtifacts artifacts, SessionSettings settings, NativeRuntime runtime)
      throws DataException {
    TemporaryModels copies = TemporaryModels.create();
    try {
      return settings.cuda().isPresent()
          ? forCuda(artifacts, copies)
          : forCpu(artifacts, ChannelBlocks.size(runtime), copies);
    } catch (DataException | RuntimeException e) {
      copies.close();
      throw e;
    }
  }

  private static TunedModels forCuda(TrainingArtifacts artifacts, TemporaryModels copies)
      throws DataException {
    return new TunedModels(
        artifacts.trainingModel(),
        artifacts.evalModel(),
        copies.write(
            TrainingArtifacts.OPTIMIZER_MODEL, TrialModel.of(read(artifacts.optimizerModel()))),
        copies);
  }

  private static TunedModels forCpu(
      TrainingArtifacts artifacts, OptionalInt block, TemporaryModels copies) throws DataException {
    ModelProto training = rewritten(artifacts.trainingModel(), block);
    return new TunedModels(
        copies.write(
            TrainingArtifacts.TRAINING_MODEL, UnknownShapes.in(training, TrainingGraph.LAZY_RESET)),
        copies.write(TrainingArtifacts.EVAL_MODEL, rewritten(artifacts.evalModel(), block)),
        artifacts.optimizerModel(),
        copies);
  }

  private static ModelProto rewritten(Path file, OptionalInt block) throws DataException {
    ModelProto model = read(file);
    return block.isPresent() ? CpuKernels.rewrite(model, block.getAsInt()) : model;
  }

  private static ModelProto read(Path file) throws DataException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new DataException(file, "cannot be read as an ONNX model: " + e.getMessage(), e);
    }
  }

  /** Deletes the copies. */
  @Override
  public void close() {
    copies.close();
  }
}
