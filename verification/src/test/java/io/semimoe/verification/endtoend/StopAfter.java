package io.semimoe.verification.endtoend;

import io.semimoe.training.report.IterationReport;
import io.semimoe.training.report.TrainingListener;
import java.util.function.BooleanSupplier;

/** A user who presses Ctrl-C in an iteration. */
final class StopAfter implements TrainingListener, BooleanSupplier {
  private final int epoch;
  private final int iteration;
  private boolean asked;

  StopAfter(int epoch, int iteration) {
    this.epoch = epoch;
    this.iteration = iteration;
  }

  @Override
  public void iterationDone(IterationReport report) {
    asked |= report.epoch() == epoch && report.iteration() == iteration;
  }

  @Override
  public boolean getAsBoolean() {
    return asked;
  }
}
