package io.semimoe.dataset.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.augment.ImageAndMask;
import io.semimoe.dataset.layout.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BatchLoaderThreadsTest {
  private static ImageStore labelled;
  private static ImageStore unlabelled;

  @BeforeAll
  static void load(@TempDir Path folder) throws Exception {
    labelled = Fixture.store(folder, Role.LABELLED, 3);
    unlabelled = Fixture.store(folder, Role.UNLABELLED, 7);
  }

  @Test
  void exceptionsOfTheThreadsReachTheConsumer() {
    Augmentation broken =
        (original, random) -> {
          throw new ArithmeticException("broken on purpose");
        };
    try (BatchLoader loader =
            new BatchLoader(labelled, unlabelled, Fixture.settings(1, 2, 2, broken));
        EpochBatches batches = loader.epoch(0, 0)) {
      assertThatThrownBy(batches::next)
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("broken on purpose");
    }
  }

  @Test
  @Timeout(60)
  void theTimeThatTheConsumerWaitsIsCounted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Thread consumer = Thread.currentThread();
    try (BatchLoader loader =
            new BatchLoader(labelled, unlabelled, Fixture.settings(1, 1, 1, held(release)));
        EpochBatches batches = loader.epoch(0, 0)) {
      assertThat(batches.waitNanoseconds()).isZero();
      Thread releaser =
          new Thread(
              () -> {
                try {
                  while (consumer.getState() != Thread.State.WAITING) {
                    Thread.sleep(1);
                  }
                  Thread.sleep(50);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                release.countDown();
              });
      releaser.start();
      batches.next();
      releaser.join();
      assertThat(batches.waitNanoseconds()).isGreaterThan(40_000_000);
    }
  }

  /** Returns an augmentation that waits for a latch, or until it is interrupted. */
  private static Augmentation held(CountDownLatch latch) {
    return (original, random) -> {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new ImageAndMask(original.image(), original.mask());
    };
  }

  @Test
  void closingEndsTheThreadsEvenIfTheyAreBusy() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    BatchLoader loader =
        new BatchLoader(
            labelled, unlabelled, Fixture.settings(1, 3, 4, held(new CountDownLatch(1))));
    EpochBatches batches = loader.epoch(0, 0);
    Set<Thread> own = loaderThreads(before);
    assertThat(own).isNotEmpty();
    loader.close();
    assertThat(own)
        .allSatisfy(
            thread -> {
              thread.join(10_000);
              assertThat(thread.isAlive()).isFalse();
            });
    assertThatIllegalStateException().isThrownBy(batches::next);
    assertThatIllegalStateException().isThrownBy(() -> loader.epoch(0, 0));
  }

  @Test
  @Timeout(60)
  void closingWakesAConsumerWhoseBatchWasNotBegun() throws Exception {
    BatchLoader loader =
        new BatchLoader(
            labelled, unlabelled, Fixture.settings(1, 1, 1, held(new CountDownLatch(1))));
    EpochBatches busy = loader.epoch(0, 0);
    EpochBatches waiting = loader.epoch(1, 0);
    CompletableFuture<IterationBatches> next = new CompletableFuture<>();
    Thread consumer =
        new Thread(
            () -> {
              try {
                next.complete(waiting.next());
              } catch (RuntimeException e) {
                next.completeExceptionally(e);
              }
            });
    consumer.start();
    while (consumer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    loader.close();
    assertThat(next)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(IllegalStateException.class);
    assertThatIllegalStateException().isThrownBy(busy::next);
  }

  private static Set<Thread> loaderThreads(Set<Thread> before) {
    Set<Thread> own = new HashSet<>(Thread.getAllStackTraces().keySet());
    own.removeAll(before);
    own.removeIf(thread -> !thread.getName().startsWith("batch-loader"));
    return own;
  }

  @Test
  void anInterruptedConsumerStopsWaiting() {
    try (BatchLoader loader =
            new BatchLoader(
                labelled, unlabelled, Fixture.settings(1, 1, 1, held(new CountDownLatch(1))));
        EpochBatches batches = loader.epoch(0, 0)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(batches::next).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theEndOfAnEpochIsAnEnd() {
    try (BatchLoader loader = new BatchLoader(labelled, unlabelled, Fixture.settings(1, 1, 1));
        EpochBatches batches = loader.epoch(0, loader.iterationsPerEpoch())) {
      assertThat(batches.hasNext()).isFalse();
      assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }
  }
}
