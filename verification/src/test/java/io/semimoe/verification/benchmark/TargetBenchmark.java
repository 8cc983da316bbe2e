package io.semimoe.verification.benchmark;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.dataset.target.BoundaryTarget;
import io.semimoe.dataset.target.SignedDistanceField;
import io.semimoe.dataset.target.TargetMode;
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

/** The targets of one mask: its signed distance field, and its boundary. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class TargetBenchmark {

  /** Height and width of the mask. */
  @Param({"128", "256"})
  public int size;

  private LabelMap mask;

  /** Generates a mask of glands. */
  @Setup(Level.Trial)
  public void generate() {
    mask = SyntheticGlands.generate(new SyntheticImageSettings(size, size, 1), 0).instances();
  }

  /** Makes the signed distance field of all glands together. */
  @Benchmark
  public FloatMap distanceOfUnion() {
    return SignedDistanceField.of(mask, TargetMode.UNION);
  }

  /** Makes the signed distance field of each gland. */
  @Benchmark
  public FloatMap distanceOfInstances() {
    return SignedDistanceField.of(mask, TargetMode.INSTANCES);
  }

  /** Makes the boundary of all glands together. */
  @Benchmark
  public LabelMap boundaryOfUnion() {
    return BoundaryTarget.of(mask, TargetMode.UNION);
  }

  /** Makes the boundary of each gland. */
  @Benchmark
  public LabelMap boundaryOfInstances() {
    return BoundaryTarget.of(mask, TargetMode.INSTANCES);
  }
}
