package io.semimoe.verification.benchmark;

import io.semimoe.graph.Graph;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.OptimizerKind;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.loop.PassInputs;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One iteration of Semi-MoE: an unlabelled and a labelled pass of 2 images each, forward and
 * backward, and the optimizer step. JMH's {@code p0.50} is the median.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 1, time = 20)
public class IterationBenchmark {
  private static final int BATCH = 2;

  /** Channels of the first level. */
  @Param({"16", "32", "64"})
  public int width;

  /** Height and width of the images. */
  @Param("128")
  public int size;

  /** Threads of the runtime. */
  @Param("2")
  public int threads;

  /** Whether idle threads of the runtime spin. */
  @Param("false")
  public boolean spinning;

  private Path folder;
  private TrainingSession session;
  private NetworkTrainer trainer;
  private PassInputs labelled;
  private PassInputs unlabelled;

  /** Writes artifacts of an untrained network and opens them. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    folder = Files.createTempDirectory("semi-moe-benchmark");
    TrainingDesign design =
        new TrainingDesign(
            new NetworkSpec(width, BATCH, size, size),
            0.1,
            OptimizerKind.SGD,
            new TrainingDesign.AdamW(0.9, 0.999, 1e-8, 0.01));
    Graph graph = SemiMoeGraphs.training(design);
    ArtifactWriter.write(folder, design, graph);
    CheckpointFile.write(folder.resolve("checkpoint"), Checkpoint.initial(graph, 1));
    session =
        TrainingSession.open(
            folder, new SessionSettings(threads, spinning, OptionalInt.empty(), false));
    trainer =
        new NetworkTrainer(
            session,
            design,
            0.9,
            5e-5,
            AdaptiveMultiObjectiveLoss.initial(
                new AdaptiveMultiObjectiveLoss.Settings(
                    new TaskValues(1, 0.5, 1), 0.4, 1, 0.05, 5e-5)));
    int pixels = BATCH * size * size;
    int units = BATCH * 3 * design.network().gateUnits();
    float[] none = new float[0];
    labelled =
        new PassInputs(
            random(3 * pixels), bits(pixels), random(pixels), bits(pixels), random(units));
    unlabelled = new PassInputs(random(3 * pixels), none, none, none, random(units));
  }

  /** Runs one iteration. */
  @Benchmark
  public double iteration() {
    return trainer.iterate(labelled, Optional.of(unlabelled), 0.25, 1e-3).total();
  }

  /** Closes the session and removes its files. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    session.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static float[] random(int length) {
    SplittableRandom random = new SplittableRandom(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }

  private static float[] bits(int length) {
    float[] values = random(length);
    for (int i = 0; i < length; i++) {
      values[i] = values[i] > 0 ? 1 : 0;
    }
    return values;
  }
}
