package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A segmenter holds on to nothing, however many images it segments. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
class SegmenterMemoryTest {
  private static final Logger LOG = LoggerFactory.getLogger(SegmenterMemoryTest.class);
  private static final int KB = 1024;
  private static final int MB = 1024 * KB;
  private static final int READINGS = 3;

  @TempDir Path folder;

  /**
   * Resident memory wanders by 1.3 MB. The outputs of a run, left open, take 52 MB; an input that
   * is left open goes unseen, since its memory is Java's and is collected.
   */
  @Test
  void memoryIsFlat() throws Exception {
    int later = 5;
    List<MemoryReading> readings = readings(1 + later + READINGS, 40, MemoryReading.java());

    assertThat(growth(readings, MemoryReading::resident, 1, 1 + later)).isLessThan(4 * MB);
    assertThat(growth(readings, MemoryReading::heap, 1, 1 + later)).isLessThan(128 * KB);
  }

  /**
   * Ten thousand images, with compiled code, which takes some memory of its own in the beginning. 1
   * kB that is kept of each image would take 6.5 MB.
   */
  @Test
  @Tag("slow")
  void memoryIsFlatOverTenThousandImages() throws Exception {
    int times = 20;
    int first = 4;
    List<String> compiled =
        MemoryReading.java().stream().filter(option -> !option.equals("-Xint")).toList();
    List<MemoryReading> readings = readings(times, 10_000 / times, compiled);
    LOG.info("after each {} images: {}", 10_000 / times, readings);

    int last = times - READINGS;
    assertThat(growth(readings, MemoryReading::resident, first, last)).isLessThan(4 * MB);
    assertThat(growth(readings, MemoryReading::heap, first, last)).isLessThan(128 * KB);
  }

  private static long growth(
      List<MemoryReading> readings, ToLongFunction<MemoryReading> memory, int first, int later) {
    return MemoryReading.growth(readings, memory, first, later, READINGS);
  }

  private List<MemoryReading> readings(int times, int images, List<String> java) throws Exception {
    Path model = Files.write(folder.resolve("model.onnx"), TrainedModel.bytes());
    Path file = folder.resolve("readings");
    ProgramRun child =
        ChildJvm.start(
                folder,
                MemoryReading.ALLOCATOR,
                java,
                SegmentingProbe.class,
                model,
                times,
                images,
                file)
            .await();
    assertThat(child.exitCode()).as(child.err()).isZero();
    List<MemoryReading> readings = MemoryReading.parse(file);
    assertThat(readings).hasSize(times);
    return readings;
  }
}
