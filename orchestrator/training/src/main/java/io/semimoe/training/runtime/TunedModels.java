package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.DataException;
import io.semimoe.graph.artifact.TrainingGraph;
import io.semimoe.graph.kernel.CpuKernels;
import io.semimoe.graph.kernel.UnknownShapes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The models of a training as this machine runs them: on a CPU, temporary copies whose convolutions
 * suit the processor and whose large values are not planned by shape, so that the artifacts
 * themselves stay the same for every machine. They are needed while a session opens.
 *
 * @param trainingModel file of the training model
 * @param evalModel file of the eval model
 * @param copies what {@link #close} deletes
 */
record TunedModels(Path trainingModel, Path evalModel, Optional<TemporaryModels> copies)
    implements AutoCloseable {
  /**
   * Writes the copies.
   *
   * @throws DataException if a model cannot be read or a copy cannot be written
   */
  static TunedModels of(
      TrainingArtifacts artifacts, SessionSettings settings, NativeRuntime runtime)
      throws DataException {
    if (settings.cuda().isPresent()) {
      return new TunedModels(artifacts.trainingModel(), artifacts.evalModel(), Optional.empty());
    }
    OptionalInt block = ChannelBlocks.size(runtime);
    TemporaryModels copies = TemporaryModels.create();
    try {
      ModelProto training = rewritten(artifacts.trainingModel(), block);
      return new TunedModels(
          copies.write(
              TrainingArtifacts.TRAINING_MODEL,
              UnknownShapes.in(training, TrainingGraph.LAZY_RESET)),
          copies.write(TrainingArtifacts.EVAL_MODEL, rewritten(artifacts.evalModel(), block)),
          Optional.of(copies));
    } catch (DataException | RuntimeException e) {
      copies.close();
      throw e;
    }
  }

  private static ModelProto rewritten(Path file, OptionalInt block) throws DataException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ModelProto model = ModelProto.parseFrom(in);
      return block.isPresent() ? CpuKernels.rewrite(model, block.getAsInt()) : model;
    } catch (IOException e) {
      throw new DataException(file, "cannot be read as an ONNX model: " + e.getMessage(), e);
    }
  }

  /** Deletes the copies. */
  @Override
  public void close() {
    copies.ifPresent(TemporaryModels::close);
  }
}
