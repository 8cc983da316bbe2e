package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which checkpoint of a run a command takes. */
final class CheckpointOption {
  /** The checkpoints that a run keeps. */
  enum Which {
    BEST,
    LATEST
  }

  @Option(
      names = "--checkpoint",
      paramLabel = "WHICH",
      description = "best or latest (default: the best one, or else the latest).")
  private Which which;

  /**
   * Returns the folder of the checkpoint.
   *
   * @throws DataException if the run has no such checkpoint
   */
  Path in(RunFolder folder) throws DataException {
    boolean best = which == Which.BEST || (which == null && Files.exists(folder.bestCheckpoint()));
    Path checkpoint = best ? folder.bestCheckpoint() : folder.latestCheckpoint();
    if (!Files.exists(checkpoint)) {
      throw new DataException(
          checkpoint, "expected a checkpoint, found none; has the run come to its first one yet?");
    }
    return checkpoint;
  }
}
