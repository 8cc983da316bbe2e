package io.semimoe.verification.benchmark;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.semimoe.dataset.augment.CropAndDihedral;
import io.semimoe.dataset.batch.BatchLoader;
import io.semimoe.dataset.batch.EpochBatches;
import io.semimoe.dataset.batch.ImageStore;
import io.semimoe.dataset.batch.IterationBatches;
import io.semimoe.dataset.batch.LoaderSettings;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.layout.DataSource;
import io.semimoe.dataset.layout.Partition;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.dataset.layout.SampleSets;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.dataset.target.TargetMode;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * How many iterations a second the loader can feed: a labelled and an unlabelled batch of 2 images
 * each, augmented, with targets. Nothing else is done meanwhile.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class BatchLoadingBenchmark {
  private static final int BATCH = 2;
  private static final int LABELLED = 4;
  private static final int UNLABELLED = 64;
  private static final int PREFETCH = 4;

  /** Height and width of the images. */
  @Param({"128", "256"})
  public int size;

  /** Threads that make batches. */
  @Param({"1", "2"})
  public int threads;

  private BatchLoader loader;
  private EpochBatches batches;
  private int epoch;

  /** Generates images, reads them and starts the loader. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    Path folder = Files.createTempDirectory("semi-moe-benchmark");
    try {
      Path split =
          SyntheticDataset.write(
              folder.resolve("data"),
              new SyntheticImageSettings(size, size, 1),
              new SyntheticDataset.Counts(LABELLED, UNLABELLED, 0, 0));
      SampleSet samples =
          SampleSets.open(
              new DataSource.Glas(folder.resolve("data"), new Partition.SplitFile(split)));
      loader =
          new BatchLoader(
              ImageStore.load(samples.labelled(), size, threads),
              ImageStore.load(samples.unlabelled(), size, threads),
              new LoaderSettings(
                  BATCH,
                  1,
                  new CropAndDihedral(),
                  TargetMode.UNION,
                  TargetMode.UNION,
                  Normalization.GLAS,
                  threads,
                  PREFETCH));
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    epoch = 0;
    batches = loader.epoch(epoch, 0);
  }

  /** Takes the batches of one iteration. */
  @Benchmark
  public IterationBatches next() {
    if (!batches.hasNext()) {
      batches.close();
      batches = loader.epoch(++epoch, 0);
    }
    return batches.next();
  }

  /** Ends the loader's threads. */
  @TearDown(Level.Trial)
  public void close() {
    loader.close();
  }
}
