package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.AtomicFile;
import io.semimoe.training.runtime.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes and reads the checkpoints of a run, each one file with network and training state. */
final class CheckpointFiles {
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
      throw new DataException(latest, "cannot be written: " + e, e);
    }
    return best;
  }

  private Path write(TrainingSession session, TrainingState state, Path file) throws DataException {
    session.properties().put(TrainingState.PROPERTY, state.toJson());
    try {
      session.saveCheckpoint(file, true);
    } catch (IOException e) {
      throw new DataException(file, "cannot be written: " + e, e);
    }
    return file;
  }

  /** Reads the training state of the checkpoint that a session was opened with. */
  static TrainingState readState(TrainingSession session, Path checkpoint) throws DataException {
    String json;
    try {
      json = session.properties().getString(TrainingState.PROPERTY);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          checkpoint, "is no checkpoint of a run: it holds no training state", e);
    }
    return TrainingState.parse(checkpoint, json);
  }
}
