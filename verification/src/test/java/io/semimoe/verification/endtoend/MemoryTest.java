package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training holds on to nothing: its memory over 650 iterations, read after every 50 of them, with
 * evaluations and checkpoints in between.
 *
 * <p>It trains in a process of its own, see {@link MemoryReading}.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
class MemoryTest {
  private static final int KB = 1024;
  private static final int ITERATIONS_PER_EPOCH = 50;
  private static final int FIRST_READING = 2;
  private static final int READINGS = 5;
  private static final int EVALUATION = 2;
  private static final int LATER = 300 / ITERATIONS_PER_EPOCH;
  private static final int EPOCHS = FIRST_READING + LATER + READINGS;

  @TempDir static Path folder;

  private static List<MemoryReading> readings;

  @BeforeAll
  static void train() throws Exception {
    Path split =
        SyntheticDataset.write(
            folder.resolve("data"),
            new SyntheticImageSettings(64, 64, 7),
            new SyntheticDataset.Counts(4, 2 * ITERATIONS_PER_EPOCH, 2, 2));
    TrainingConfiguration configuration =
        SmallTraining.configuration(
            split,
            List.of("epochs=" + EPOCHS, "network.size=16", "evaluation.everyEpochs=" + EVALUATION));
    RunFolder run = RunFolder.create(folder.resolve("run"), false);
    SmallTraining.describe(run, configuration);
    SmallTraining.start(configuration, run, List.of()).close();
    Path file = folder.resolve("readings");

    ProgramRun child =
        ChildJvm.start(
                folder,
                MemoryReading.ALLOCATOR,
                MemoryReading.java(),
                MemoryProbe.class,
                run.root(),
                file)
            .await();

    assertThat(child.exitCode()).as(child.err()).isZero();
    readings = MemoryReading.parse(file);
    assertThat(readings).hasSize(EPOCHS);
  }

  /**
   * Grows by 0 to 4 kB in each 100 iterations; by 37 kB if each step leaks a tensor's handle, by
   * 350 kB if its outputs or all of its handles. In some runs it takes one step of 60 kB besides.
   */
  @Test
  void nativeMemoryIsFlat() {
    assertThat(
            MemoryReading.steadyGrowth(
                readings, MemoryReading::resident, FIRST_READING, EVALUATION))
        .as("%s", readings)
        .isLessThan(13 * KB);
  }

  /**
   * Grows by 56 kB, the lines of the metrics that the plot is drawn from; by 350 kB if each step's
   * outputs are kept, by 3.1 MB if its images are.
   */
  @Test
  void heapIsFlat() {
    assertThat(
            MemoryReading.growth(
                readings, MemoryReading::heap, FIRST_READING, FIRST_READING + LATER, READINGS))
        .as("%s", readings)
        .isLessThan(128 * KB);
  }
}
