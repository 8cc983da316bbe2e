package io.semimoe.verification.benchmark;

import io.semimoe.dataset.augment.CropAndDihedral;
import io.semimoe.dataset.augment.ImageAndMask;
import io.semimoe.dataset.augment.StainJitter;
import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImage;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The augmentation of one labelled image: half of them are cropped and resized, all turned; and the
 * change of its stains.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class AugmentationBenchmark {

  /** Height and width of the image. */
  @Param({"128", "256"})
  public int size;

  private final CropAndDihedral augmentation = new CropAndDihedral();
  private final StainJitter stainJitter = new StainJitter(0.2);
  private ImageAndMask original;
  private int index;

  /** Generates an image. */
  @Setup(Level.Trial)
  public void generate() {
    SyntheticImage made = SyntheticGlands.generate(new SyntheticImageSettings(size, size, 1), 0);
    original = new ImageAndMask(made.image(), Optional.of(made.instances()));
  }

  /** Augments it, differently each time. */
  @Benchmark
  public ImageAndMask augment() {
    return augmentation.apply(original, SeededRandom.of(1, "benchmark", index++));
  }

  /** Changes its stains, differently each time. */
  @Benchmark
  public ImageAndMask stain() {
    return stainJitter.apply(original, SeededRandom.of(1, "benchmark", index++));
  }
}
