package io.semimoe.training.run;

import io.semimoe.dataset.file.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/**
 * Writes the records as scalars that TensorBoard shows over epochs (counted from 1). A resumed run
 * gets one new file that repeats what stays valid, so that no epoch shows twice.
 */
final class TensorBoardLog implements RecordSink {
  private final Path file;

  private TensorBoardLog(Path file) {
    this.file = file;
  }

  /**
   * Starts an event file with these records and removes the earlier ones.
   *
   * @throws IOException if it cannot be written
   */
  static TensorBoardLog open(RunFolder folder, List<MetricsRecord> records) throws IOException {
    Instant now = Instant.now();
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(TensorBoardEvents.header(now));
    records.forEach(metrics -> frames.writeBytes(frame(metrics)));
    Path file = folder.root().resolve(RunFolder.EVENTS_PREFIX + now.getEpochSecond() + ".semi-moe");
    AtomicFile.write(file, temporary -> Files.write(temporary, frames.toByteArray()));
    for (Path entry : RunFolder.entries(folder.root())) {
      String name = entry.getFileName().toString();
      if (name.startsWith(RunFolder.EVENTS_PREFIX) && !entry.equals(file)) {
        Files.delete(entry);
      }
    }
    return new TensorBoardLog(file);
  }

  @Override
  public void add(MetricsRecord metrics) throws IOException {
    Files.write(file, frame(metrics), StandardOpenOption.APPEND);
  }

  private static byte[] frame(MetricsRecord metrics) {
    return TensorBoardEvents.scalars(
        metrics.time(), metrics.epoch() + 1L, metrics.qualifiedValues());
  }
}
