package io.semimoe.training.report;

import java.nio.file.Path;

/**
 * Hears what the training loop does; everything that is not training itself (console, files, plots)
 * is a listener. Methods are called on the training thread, in order; an exception ends the
 * training.
 */
public interface TrainingListener {

  /** An iteration ended. */
  default void iterationDone(IterationReport report) {}

  /** An epoch ended. */
  default void epochDone(EpochReport report) {}

  /** The model was evaluated. */
  default void evaluated(EvaluationReport report) {}

  /**
   * A checkpoint was written.
   *
   * @param checkpoint its file
   * @param best whether it is the best one so far by the metric that chooses, or the last one where
   *     none does
   */
  default void checkpointWritten(Path checkpoint, boolean best) {}
}
