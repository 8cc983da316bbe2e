package io.semimoe.cli;

import io.semimoe.training.evaluation.Metric;
import io.semimoe.training.evaluation.MetricNames;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.EvaluationReport;
import io.semimoe.training.report.IterationReport;
import io.semimoe.training.report.TrainingListener;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the user how a training goes: a line an epoch, and a bar for the current one. */
final class ConsoleProgress implements TrainingListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleProgress.class);

  /** Outside of this range the pseudo-labels have most likely collapsed to one class. */
  private static final double SMALLEST_SHARE = 0.01;

  private static final double LARGEST_SHARE = 0.99;

  private final int epochs;
  private final boolean supervisedOnly;
  private final boolean watched;
  private ProgressBar bar;

  /**
   * Creates a listener.
   *
   * @param epochs number of epochs of the whole training
   * @param supervisedOnly whether there are no pseudo-labels to watch
   * @param watched whether to draw a bar at all
   */
  ConsoleProgress(int epochs, boolean supervisedOnly, boolean watched) {
    this.epochs = epochs;
    this.supervisedOnly = supervisedOnly;
    this.watched = watched;
  }

  @Override
  public void iterationDone(IterationReport report) {
    if (!watched) {
      return;
    }
    if (bar == null) {
      bar =
          ConsoleBar.of(
              "epoch " + (report.epoch() + 1) + "/" + epochs, report.iterationsPerEpoch());
    }
    bar.stepTo(report.iteration() + 1L);
    bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f", report.total()));
  }

  @Override
  public void epochDone(EpochReport report) {
    close();
    LOG.info(
        "{}",
        String.format(
            Locale.ROOT,
            "epoch %d/%d  loss %.4f (expert %.3f %.3f %.3f, gate %.3f %.3f %.3f)  lr %.4g"
                + "  %.2f s/iteration, %.0f s",
            report.epoch() + 1,
            epochs,
            report.total(),
            report.labelledExpert().segmentation(),
            report.labelledExpert().distance(),
            report.labelledExpert().boundary(),
            report.labelledGate().segmentation(),
            report.labelledGate().distance(),
            report.labelledGate().boundary(),
            report.learningRate(),
            report.iterationSeconds(),
            report.epochSeconds()));
    double share = report.pseudoForegroundShare();
    if (!supervisedOnly && (share < SMALLEST_SHARE || share > LARGEST_SHARE)) {
      LOG.warn(
          "{}",
          String.format(
              Locale.ROOT,
              "%.1f %% of the pseudo-labels are foreground: they have collapsed to one class",
              100 * share));
    }
  }

  @Override
  public void evaluated(EvaluationReport report) {
    close();
    StringBuilder text = new StringBuilder();
    report
        .metrics()
        .forEach(
            (name, value) -> {
              if (isHeadline(name)) {
                text.append(
                    String.format(Locale.ROOT, "  %s %.4f", MetricNames.label(name), value));
              }
            });
    LOG.info("evaluation after epoch {} on {}:{}", report.epoch() + 1, report.split(), text);
  }

  @Override
  public void checkpointWritten(Path checkpoint, boolean best) {
    LOG.debug("wrote {}{}", checkpoint, best ? " (best so far)" : "");
  }

  /** Ends the bar of the current epoch. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private static boolean isHeadline(String name) {
    return name.startsWith(Metric.POOLED_DICE.text() + "@")
        || name.startsWith(Metric.MEAN_DICE.text() + "@");
  }
}
