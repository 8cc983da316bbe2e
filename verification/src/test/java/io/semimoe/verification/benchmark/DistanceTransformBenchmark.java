package io.semimoe.verification.benchmark;

import io.semimoe.dataset.raster.DistanceTransform;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
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
import org.openjdk.jmh.annotations.Warmup;

/** One exact Euclidean distance transform: of each pixel to the nearest pixel of another label. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class DistanceTransformBenchmark {

  /** Height and width of the mask. */
  @Param({"256", "1024"})
  public int size;

  private LabelMap mask;

  /** Generates a mask of glands. */
  @Setup(Level.Trial)
  public void generate() {
    mask = SyntheticGlands.generate(new SyntheticImageSettings(size, size, 1), 0).instances();
  }

  /** Transforms it. */
  @Benchmark
  public int[] squaredToOther() {
    return DistanceTransform.squaredToOther(mask);
  }
}
