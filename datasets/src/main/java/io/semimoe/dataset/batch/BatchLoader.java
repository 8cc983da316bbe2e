package io.semimoe.dataset.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * Prepares the batches of a training in background threads.
 *
 * <p>One epoch is one pass over the unlabelled images in random order. Each iteration takes N
 * labelled and N unlabelled ones. Where N does not divide the number U of unlabelled images, the
 * last batch is filled from the beginning of a further permutation, so that all batches are full:
 * an epoch has ⌈U / N⌉ iterations.
 *
 * <p>The labelled images are repeated to that length, each repetition in a newly drawn order. The
 * repetitions run on from epoch to epoch, so that no image comes twice before all others have come:
 * over a run, each is seen equally often. This holds as well where there are more labelled images
 * than unlabelled ones; an epoch then shows a part of them, and the next epoch goes on from there.
 *
 * <p>Supervised training has the same labelled batches without the unlabelled ones, so that both
 * can be compared; an epoch is then as long as is said.
 *
 * <p>Every batch is a function of the seed, the epoch and the iteration; the number of threads, the
 * prefetching and where an epoch is entered make no difference. The consumer may be of any thread;
 * close the loader when done with it.
 */
public final class BatchLoader implements AutoCloseable {
  private final LoaderSettings settings;
  private final SampleOrder labelledOrder;
  private final BatchMaker labelledMaker;
  private final Optional<Unlabelled> unlabelled;
  private final int iterations;
  private final ExecutorService executor;
  private final Set<EpochBatches> open = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private record Unlabelled(SampleOrder order, BatchMaker maker) {}

  /**
   * Starts the threads of a semi-supervised training.
   *
   * @param labelled images with masks, at least one
   * @param unlabelled images of the same size, at least one; masks are not looked at
   * @throws IllegalArgumentException if one is empty, sizes differ, or a labelled image has no mask
   */
  public BatchLoader(ImageStore labelled, ImageStore unlabelled, LoaderSettings settings) {
    this(labelled, Optional.of(unlabelled), unlabelled.count(), settings);
  }

  /**
   * Starts the threads of a supervised training.
   *
   * @param labelled images with masks, at least one
   * @param imagesPerEpoch how many labelled images an epoch takes, rounded up to whole batches; at
   *     least 1
   * @throws IllegalArgumentException if there is none, or a labelled image has no mask
   */
  public BatchLoader(ImageStore labelled, int imagesPerEpoch, LoaderSettings settings) {
    this(labelled, Optional.empty(), imagesPerEpoch, settings);
  }

  private BatchLoader(
      ImageStore labelled,
      Optional<ImageStore> unlabelled,
      int imagesPerEpoch,
      LoaderSettings settings) {
    checkArgument(
        labelled.count() >= 1 && imagesPerEpoch >= 1,
        "expected at least one labelled image and an epoch of at least one, found %s and %s",
        labelled.count(),
        imagesPerEpoch);
    unlabelled.ifPresent(store -> requireSameSize(labelled, store));
    for (int i = 0; i < labelled.count(); i++) {
      checkArgument(
          labelled.sample(i).mask().isPresent(),
          "%s: expected a mask of the labelled image, found none",
          labelled.sample(i).name());
    }
    this.settings = settings;
    long seed = settings.seed();
    labelledOrder = new SampleOrder(labelled.count(), seed, "labelled-order");
    labelledMaker = new BatchMaker(labelled, settings, "labelled-augmentation");
    this.unlabelled =
        unlabelled.map(
            store ->
                new Unlabelled(
                    new SampleOrder(store.count(), seed, "unlabelled-order"),
                    new BatchMaker(store, settings, "unlabelled-augmentation")));
    int n = settings.batchSize();
    iterations = (imagesPerEpoch + n - 1) / n;
    executor =
        Executors.newFixedThreadPool(
            settings.threads(),
            new ThreadFactoryBuilder().setNameFormat("batch-loader-%d").setDaemon(true).build());
  }

  /** Returns the number of iterations of each epoch. */
  public int iterationsPerEpoch() {
    return iterations;
  }

  /**
   * Returns the batches of an epoch from an iteration on, and begins to prepare them at once. The
   * caller closes it.
   *
   * @param epoch the epoch, from 0
   * @param firstIteration the iteration to begin with, from 0; that of a run to resume in mid epoch
   * @throws IllegalArgumentException if there is no such epoch or iteration; the number of
   *     iterations itself is permitted and yields an empty rest
   * @throws IllegalStateException if the loader is closed
   */
  public EpochBatches epoch(int epoch, int firstIteration) {
    checkArgument(epoch >= 0, "epoch: expected 0 or more, found %s", epoch);
    checkArgument(
        firstIteration >= 0 && firstIteration <= iterations,
        "firstIteration: expected 0 to %s, found %s",
        iterations,
        firstIteration);
    int length = iterations * settings.batchSize();
    IntFunction<Batch> ofLabelled =
        batches(
            labelledMaker, labelledOrder.stretch(0, (long) epoch * length, length), epoch, true);
    Optional<IntFunction<Batch>> ofUnlabelled =
        unlabelled.map(u -> batches(u.maker, u.order.stretch(epoch, 0, length), epoch, false));
    synchronized (this) {
      checkState(!closed, "the batch loader is closed");
      EpochBatches batches =
          new EpochBatches(
              executor,
              iteration ->
                  new IterationBatches(
                      ofLabelled.apply(iteration), ofUnlabelled.map(u -> u.apply(iteration))),
              firstIteration,
              iterations,
              settings.prefetch(),
              open::remove);
      open.add(batches);
      return batches;
    }
  }

  /** Returns what makes the batch of an iteration from the images in this order. */
  private IntFunction<Batch> batches(
      BatchMaker maker, int[] order, int epoch, boolean withTargets) {
    return iteration -> maker.make(order, epoch, iteration * settings.batchSize(), withTargets);
  }

  private static void requireSameSize(ImageStore labelled, ImageStore unlabelled) {
    checkArgument(
        labelled.size() == unlabelled.size(),
        "expected labelled and unlabelled images of one size, found %s and %s pixels",
        labelled.size(),
        unlabelled.size());
  }

  /** Closes all epochs and ends the threads; returns when they have ended. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    open.forEach(EpochBatches::close);
    executor.shutdownNow();
    if (!Uninterruptibles.awaitTerminationUninterruptibly(executor, Duration.ofMinutes(1))) {
      throw new IllegalStateException("the threads that make batches did not end in a minute");
    }
  }
}
