package io.semimoe.verification.benchmark;

import io.semimoe.training.runtime.SessionSettings;
import java.util.Optional;
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
 * One iteration of Semi-MoE: an unlabelled and a labelled batch, forward and backward, and the
 * optimizer step, on the CPU. JMH's {@code p0.50} is the median.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 1, time = 20)
public class IterationBenchmark {
  /** Channels of the first level. */
  @Param({"16", "32", "64"})
  public int width;

  /** Height and width of the images. */
  @Param("128")
  public int size;

  /** Images of the unlabelled and of the labelled batch each. */
  @Param("2")
  public int batch;

  /** Whether both batches run through the network at once. */
  @Param("true")
  public boolean jointPass;

  /** Threads of the runtime. */
  @Param("2")
  public int threads;

  /** Whether idle threads of the runtime spin. */
  @Param("false")
  public boolean spinning;

  private SyntheticTraining training;

  /** Writes artifacts of an untrained network and opens them. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    training =
        SyntheticTraining.open(
            width,
            batch,
            size,
            jointPass,
            new SessionSettings(threads, spinning, Optional.empty(), Optional.empty()));
  }

  /** Runs one iteration. */
  @Benchmark
  public double iteration() {
    return training.iterate();
  }

  /** Closes the session and removes its files. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    training.close();
  }
}
