package io.semimoe.training.loop;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.AtomicFile;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes and reads the checkpoints of a run, each one file with network and training state. */
final class CheckpointFiles {
  private static final String NO_STATE = "is no checkpoint of a run: it holds no training state";

  private final RunFolder folder;

  CheckpointFiles(RunFolder folder) {
    this.folder = folder;
  }

  Path writeLatest(TrainingSession session, TrainingState state) throws DataException {
    return write(session, state, folder.latestCheckpoint());
  }

  /**
   * Writes the best checkpoint, which is the latest one as well. In this order: after a crash in
   * between, the older latest checkpoint leads to the same best one again.
   */
  Path writeBestAndLatest(TrainingSession session, TrainingState state) throws DataException {
    Path best = write(session, state, folder.bestCheckpoint());
    Path latest = folder.latestCheckpoint();
    try {
      AtomicFile.write(latest, file -> Files.copy(best, file));
    } catch (IOException e) {
      throw FileFailure.unwritable(latest, e);
    }
    return best;
  }

  private Path write(TrainingSession session, TrainingState state, Path file) throws DataException {
    session.putText(TrainingState.PROPERTY, state.toJson());
    try {
      session.saveCheckpoint(file, true);
    } catch (IOException e) {
      throw FileFailure.unwritable(file, e);
    }
    return file;
  }

  /** Reads the training state of the checkpoint that a session was opened with. */
  static TrainingState readState(TrainingSession session, Path checkpoint) throws DataException {
    String json;
    try {
      json = session.text(TrainingState.PROPERTY);
    } catch (IllegalArgumentException e) {
      throw new DataException(checkpoint, NO_STATE, e);
    }
    return TrainingState.parse(checkpoint, json);
  }

  /**
   * Reads a checkpoint without a session.
   *
   * @throws DataException if the file cannot be read or is no checkpoint of a run
   */
  static Saved read(Path checkpoint) throws DataException {
    try {
      return saved(checkpoint, CheckpointFile.read(checkpoint));
    } catch (IOException e) {
      throw FileFailure.unreadable(checkpoint, e);
    }
  }

  /**
   * Returns what a run saved in a checkpoint.
   *
   * @param checkpoint where {@code content} was read from
   * @throws DataException if it is no checkpoint of a run
   */
  static Saved saved(Path checkpoint, Checkpoint content) throws DataException {
    String json = content.texts().get(TrainingState.PROPERTY);
    if (json == null) {
      throw new DataException(checkpoint, NO_STATE);
    }
    return new Saved(checkpoint, TrainingState.parse(checkpoint, json), content.contents());
  }

  /**
   * A checkpoint that was read.
   *
   * @param file where from
   * @param state state of the training
   * @param contents elements of a parameter or running statistic by name
   */
  record Saved(Path file, TrainingState state, Function<String, float[]> contents) {
    /**
     * Returns a model made from the contents.
     *
     * @throws DataException if they do not fit
     */
    ModelProto model(Supplier<ModelProto> making) throws DataException {
      try {
        return making.get();
      } catch (IllegalArgumentException e) {
        throw new DataException(
            file, "is of another network than the configuration of the run: " + e.getMessage(), e);
      }
    }
  }
}
