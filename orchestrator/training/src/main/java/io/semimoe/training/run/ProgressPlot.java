package io.semimoe.training.run;

import io.semimoe.dataset.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws the curves of a run into {@code progress.png}, at most every few seconds and once at the
 * end. A machine that cannot draw (no fonts) costs the picture, not the training.
 */
final class ProgressPlot implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressPlot.class);
  private static final long SHORTEST_PAUSE = Duration.ofSeconds(20).toNanos();

  /** The pause is at least this many times what drawing took: 2 % of the training's time. */
  private static final int PAUSE_FACTOR = 50;

  private static final int COLUMNS = 2;

  private final Path file;
  private final List<MetricsRecord> records;
  private boolean usable = true;
  private boolean stale;
  private long drawnAt;
  private long pause;

  ProgressPlot(RunFolder folder, List<MetricsRecord> records) {
    this.file = folder.progressPlot();
    this.records = new ArrayList<>(records);
    this.stale = !records.isEmpty();
    this.drawnAt = System.nanoTime();
  }

  @Override
  public void add(MetricsRecord metrics) throws IOException {
    records.add(metrics);
    stale = true;
    long start = System.nanoTime();
    if (start - drawnAt >= pause) {
      draw();
      drawnAt = System.nanoTime();
      pause = Math.max(SHORTEST_PAUSE, PAUSE_FACTOR * (drawnAt - start));
    }
  }

  @Override
  public void close() throws IOException {
    if (stale) {
      draw();
    }
  }

  private void draw() throws IOException {
    if (!usable) {
      return;
    }
    try {
      List<XYChart> charts = ProgressCharts.of(records);
      int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
      AtomicFile.write(
          file,
          temporary -> {
            try (OutputStream out = Files.newOutputStream(temporary)) {
              BitmapEncoder.saveBitmap(charts, rows, COLUMNS, out, BitmapEncoder.BitmapFormat.PNG);
            }
          });
      stale = false;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Java's font manager throws a plain Error if there are no fonts.
      usable = false;
      LOG.warn("{} is not drawn, this machine lacks fonts or graphics libraries", file, e);
    }
  }
}
