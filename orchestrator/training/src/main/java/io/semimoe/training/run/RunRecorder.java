package io.semimoe.training.run;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.EvaluationReport;
import io.semimoe.training.report.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * Records a training in its run folder: {@code metrics.jsonl}, {@code metrics.csv}, TensorBoard
 * events and {@code progress.png}.
 *
 * <p>To be closed when the training ends, however it does: the last picture is drawn then.
 */
public final class RunRecorder implements TrainingListener, AutoCloseable {
  private final RunFolder folder;
  private final List<RecordSink> sinks;

  private RunRecorder(RunFolder folder, List<RecordSink> sinks) {
    this.folder = folder;
    this.sinks = sinks;
  }

  /**
   * Starts recording. What the folder has of {@code firstEpoch} and later epochs is dropped, so
   * that a resumed run leaves the same records as one that was never interrupted.
   *
   * @param firstEpoch the epoch that comes next, counted from 0; 0 in a new run
   * @throws DataException if existing records are damaged, or the files cannot be written
   */
  public static RunRecorder open(RunFolder folder, int firstEpoch) throws DataException {
    try {
      MetricsLog metrics = MetricsLog.open(folder, firstEpoch);
      return new RunRecorder(
          folder,
          List.of(
              metrics,
              TensorBoardLog.open(folder, metrics.records()),
              new ProgressPlot(folder, metrics.records())));
    } catch (IOException e) {
      throw FileFailure.unwritable(folder.root(), e);
    }
  }

  @Override
  public void epochDone(EpochReport report) {
    add(MetricsRecord.of(report, Instant.now()));
  }

  @Override
  public void evaluated(EvaluationReport report) {
    add(MetricsRecord.of(report, Instant.now()));
  }

  @Override
  public void close() {
    for (RecordSink sink : sinks) {
      try {
        sink.close();
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }

  private void add(MetricsRecord metrics) {
    for (RecordSink sink : sinks) {
      try {
        sink.add(metrics);
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }

  private UncheckedIOException failure(IOException cause) {
    return new UncheckedIOException(
        folder.root() + ": metrics cannot be written: " + FileFailure.reason(cause), cause);
  }
}
