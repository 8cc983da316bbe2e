package io.semimoe.training.loop;

import io.semimoe.training.report.IterationReport;

/** A loss is no longer finite. The message tells where, and what to try. */
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
}
