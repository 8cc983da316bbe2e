package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.training.run.MetricsFile;
import io.semimoe.training.run.MetricsRecord;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that the README begins with, as it stands there but for the folder; minutes. */
@Tag("slow")
class DemoTest {
  @TempDir Path folder;

  @Test
  void theDemoTrainsEvaluatesExportsAndPredicts() throws Exception {
    Path run = folder.resolve("demo run");

    ProgramRun demo = ProgramRun.of("demo", "-o", run);

    assertThat(demo.exitCode()).as(demo.err()).isZero();
    assertThat(demo.err().lines().filter(line -> line.startsWith("$ "))).hasSize(4);
    assertThat(demo.err())
        .contains("Look at " + run.resolve("progress.png") + " and " + run.resolve("predictions"));
    assertThat(run.resolve("progress.png")).isNotEmptyFile();
    assertThat(run.resolve("export/model.onnx")).isNotEmptyFile();
    List<MetricsRecord> metrics = MetricsFile.read(RunFolder.open(run).metricsJson());
    MetricsRecord last = metrics.get(metrics.size() - 1);
    assertThat(last.split()).isEqualTo("test");
    assertThat(last.values().get("pooledDice@96")).isGreaterThan(0.8);
    try (Stream<Path> files = Files.list(run.resolve("predictions"))) {
      assertThat(files).hasSize(3 * 16);
    }
  }
}
