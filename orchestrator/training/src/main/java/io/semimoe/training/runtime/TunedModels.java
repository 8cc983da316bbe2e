package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.DataException;
import io.semimoe.graph.artifact.TrainingGraph;
import io.semimoe.graph.kernel.CpuKernels;
import io.semimoe.graph.kernel.UnknownShapes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The models of a training as this machine runs them: on a CPU, copies in a temporary folder whose
 * convolutions suit the processor and whose large values are not planned by shape, so that the
 * artifacts themselves stay the same for every machine. The copies are needed while a session opens
 * and are deleted by {@link #close}.
 */
final class TunedModels implements AutoCloseable {
  private final TrainingArtifacts artifacts;
  private final Path folder;

  private TunedModels(TrainingArtifacts artifacts, Path folder) {
    this.artifacts = artifacts;
    this.folder = folder;
  }

  /**
   * Writes the copies.
   *
   * @throws DataException if a model cannot be read or a copy cannot be written
   */
  static TunedModels of(
      TrainingArtifacts artifacts, SessionSettings settings, NativeRuntime runtime)
      throws DataException {
    OptionalInt block =
        settings.cudaDevice().isPresent() ? OptionalInt.empty() : ChannelBlocks.size(runtime);
    if (block.isEmpty()) {
      return new TunedModels(artifacts, null);
    }
    Path folder;
    try {
      folder = Files.createTempDirectory("semi-moe-models-");
    } catch (IOException e) {
      throw new DataException(
          Path.of(System.getProperty("java.io.tmpdir")),
          "cannot be written: " + e + "; name another folder with -Djava.io.tmpdir=DIRECTORY",
          e);
    }
    TunedModels tuned = new TunedModels(artifacts, folder);
    try {
      ModelProto training = rewritten(artifacts.trainingModel(), block.getAsInt());
      write(UnknownShapes.in(training, TrainingGraph.LAZY_RESET), tuned.trainingModel());
      write(rewritten(artifacts.evalModel(), block.getAsInt()), tuned.evalModel());
      return tuned;
    } catch (DataException | RuntimeException e) {
      tuned.close();
      throw e;
    }
  }

  private static ModelProto rewritten(Path model, int block) throws DataException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(model))) {
      return CpuKernels.rewrite(ModelProto.parseFrom(in), block);
    } catch (IOException e) {
      throw new DataException(model, "cannot be read as an ONNX model: " + e.getMessage(), e);
    }
  }

  private static void write(ModelProto model, Path copy) throws DataException {
    try (OutputStream out = Files.newOutputStream(copy)) {
      model.writeTo(out);
    } catch (IOException e) {
      throw new DataException(copy, "cannot be written: " + e, e);
    }
  }

  Path trainingModel() {
    return path(artifacts.trainingModel());
  }

  Path evalModel() {
    return path(artifacts.evalModel());
  }

  private Path path(Path model) {
    return folder == null ? model : folder.resolve(model.getFileName());
  }

  /** Deletes the copies; what cannot be deleted is left to the system. */
  @Override
  public void close() {
    if (folder != null) {
      for (Path file : new Path[] {trainingModel(), evalModel(), folder}) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          file.toFile().deleteOnExit();
        }
      }
    }
  }
}
