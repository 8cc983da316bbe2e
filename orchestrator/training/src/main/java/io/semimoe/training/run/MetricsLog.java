package io.semimoe.training.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes {@code metrics.jsonl}, to which each record is one appended line, and {@code metrics.csv},
 * which is made anew from all records.
 */
final class MetricsLog implements RecordSink {
  private final RunFolder folder;
  private final List<MetricsRecord> records;

  private MetricsLog(RunFolder folder, List<MetricsRecord> records) {
    this.folder = folder;
    this.records = records;
  }

  /**
   * Opens the files for a training that goes on at {@code firstEpoch}; records of that epoch and
   * later ones are dropped, since they will come again.
   *
   * @throws DataException if existing metrics are damaged
   * @throws IOException if the files cannot be written
   */
  static MetricsLog open(RunFolder folder, int firstEpoch) throws DataException, IOException {
    List<MetricsRecord> kept = new ArrayList<>(MetricsFile.read(folder.metricsJson()));
    kept.removeIf(metrics -> metrics.epoch() >= firstEpoch);
    StringBuilder lines = new StringBuilder();
    kept.forEach(metrics -> lines.append(MetricsFile.line(metrics)));
    AtomicFile.write(
        folder.metricsJson(), file -> Files.writeString(file, lines.toString(), UTF_8));
    MetricsLog log = new MetricsLog(folder, kept);
    log.writeCsv();
    return log;
  }

  /** Returns all records so far, oldest first. */
  List<MetricsRecord> records() {
    return Collections.unmodifiableList(records);
  }

  @Override
  public void add(MetricsRecord metrics) throws IOException {
    records.add(metrics);
    Files.writeString(
        folder.metricsJson(), MetricsFile.line(metrics), UTF_8, StandardOpenOption.APPEND);
    writeCsv();
  }

  private void writeCsv() throws IOException {
    String csv = MetricsCsv.of(records);
    AtomicFile.write(folder.metricsCsv(), file -> Files.writeString(file, csv, UTF_8));
  }
}
