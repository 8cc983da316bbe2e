package io.semimoe.training.loop;

import io.semimoe.training.report.IterationReport;
import java.nio.file.Path;

/**
 * A loss or what the network gives is no longer finite. The message tells where, and what to try.
 */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergenceException(IterationReport report) {
    super(
        "training diverged in epoch "
            + (report.epoch() + 1)
            + ", iteration "
            + (report.iteration() + 1)
            + ": expected finite losses, found labelled "
            + report.labelledExpert()
            + " (experts) and "
            + report.labelledGate()
            + " (gates), unlabelled "
            + report.unlabelledExpert()
            + ", s "
            + report.s()
            + "; lower optimizer.learningRate (now "
            + report.learningRate()
            + ") or lengthen the warm-up");
  }

  /**
   * The losses do not show it: they come from batch statistics, what the network gives from running
   * ones.
   *
   * @param epochs epochs that the network was trained for
   * @param image image that it is evaluated on
   */
  DivergenceException(int epochs, Path image) {
    super(
        "training diverged: "
            + image
            + ": expected finite outputs of the network after epoch "
            + epochs
            + ", found others; lower optimizer.learningRate or lengthen the warm-up, and train"
            + " again");
  }
}
