package io.semimoe.training.runtime;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.graph.artifact.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that make up a model in training. */
public record TrainingArtifacts(
    Path folder, Path trainingModel, Path evalModel, Path optimizerModel) {
  /** Name of the model that computes losses and gradients. */
  public static final String TRAINING_MODEL = "training_model.onnx";

  /** Name of the model that computes probabilities. */
  public static final String EVAL_MODEL = "eval_model.onnx";

  /** Name of the model that updates the parameters. */
  public static final String OPTIMIZER_MODEL = "optimizer_model.onnx";

  /**
   * Names the files of {@code folder}.
   *
   * @throws DataException if one of the three models is missing
   */
  static TrainingArtifacts in(Path folder) throws DataException {
    return new TrainingArtifacts(
        folder,
        existing(folder.resolve(TRAINING_MODEL)),
        existing(folder.resolve(EVAL_MODEL)),
        existing(folder.resolve(OPTIMIZER_MODEL)));
  }

  /**
   * Checks that {@code file} starts like a checkpoint, which keeps foreign files away from the
   * native reader.
   *
   * @throws DataException if it does not
   */
  static void checkCheckpoint(Path file) throws DataException {
    existing(file);
    try {
      if (!CheckpointFile.isCheckpoint(file)) {
        throw new DataException(
            file, "is no checkpoint of ONNX Runtime Training: the identifier ODTC is missing");
      }
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
  }

  private static Path existing(Path file) throws DataException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(file, "no such file; it is part of every model in training");
    }
    return file;
  }
}
