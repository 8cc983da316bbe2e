package io.semimoe.verification.endtoend;

import io.semimoe.dataset.DataException;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.training.run.MetricsFile;
import io.semimoe.training.run.MetricsRecord;
import io.semimoe.training.run.RunFolder;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run leaves, without what depends on the clock. Two traces are equal if all numbers are, to
 * the last bit.
 *
 * @param metrics the lines of {@code metrics.jsonl} without times
 * @param latest the bits of all parameters and states of the latest checkpoint, by name
 * @param best those of the best checkpoint
 */
record Trace(
    List<MetricsRecord> metrics, Map<String, IntBuffer> latest, Map<String, IntBuffer> best) {

  static Trace of(RunFolder folder) throws IOException, DataException {
    return new Trace(
        metrics(folder), bits(folder.latestCheckpoint()), bits(folder.bestCheckpoint()));
  }

  private static List<MetricsRecord> metrics(RunFolder folder) throws DataException {
    List<MetricsRecord> timeless = new ArrayList<>();
    for (MetricsRecord line : MetricsFile.read(folder.metricsJson())) {
      Map<String, Double> values = new LinkedHashMap<>(line.values());
      values.keySet().removeIf(name -> name.startsWith("seconds/"));
      timeless.add(
          new MetricsRecord(line.kind(), line.epoch(), line.split(), Instant.EPOCH, values));
    }
    return timeless;
  }

  private static Map<String, IntBuffer> bits(Path file) throws IOException {
    Checkpoint checkpoint = CheckpointFile.read(file);
    Map<String, IntBuffer> bits = new TreeMap<>();
    for (List<CheckpointTensor> tensors : List.of(checkpoint.parameters(), checkpoint.states())) {
      for (CheckpointTensor tensor : tensors) {
        float[] values = tensor.values();
        int[] raw = new int[values.length];
        for (int i = 0; i < values.length; i++) {
          raw[i] = Float.floatToRawIntBits(values[i]);
        }
        bits.put(tensor.name(), IntBuffer.wrap(raw));
      }
    }
    return bits;
  }
}
