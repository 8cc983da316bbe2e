package io.semimoe.dataset.batch;

import com.google.common.base.Throwables;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The batches of one epoch, one {@link IterationBatches} an iteration. For use by one thread; close
 * it when done with it, at the latest with the loader.
 */
public final class EpochBatches implements Iterator<IterationBatches>, AutoCloseable {
  private final ExecutorService executor;
  private final IntFunction<IterationBatches> maker;
  private final Consumer<EpochBatches> whenClosed;
  private final int iterations;
  private final Deque<Future<IterationBatches>> ahead = new ArrayDeque<>();
  private int submitted;
  private int taken;
  private long waitNanoseconds;
  private boolean closed;

  EpochBatches(
      ExecutorService executor,
      IntFunction<IterationBatches> maker,
      int firstIteration,
      int iterations,
      int prefetch,
      Consumer<EpochBatches> whenClosed) {
    this.executor = executor;
    this.maker = maker;
    this.whenClosed = whenClosed;
    this.iterations = iterations;
    submitted = firstIteration;
    taken = firstIteration;
    for (int i = 0; i < prefetch; i++) {
      submitNext();
    }
  }

  private synchronized void submitNext() {
    if (submitted < iterations && !closed) {
      int iteration = submitted++;
      ahead.add(executor.submit(() -> maker.apply(iteration)));
    }
  }

  /** Returns whether the epoch has another iteration; does not wait for it. */
  @Override
  public boolean hasNext() {
    return taken < iterations;
  }

  /**
   * Returns the batches of the next iteration, and waits for them if they are not ready.
   *
   * @throws NoSuchElementException after the last iteration
   * @throws IllegalStateException if this or its loader is closed
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws RuntimeException what making the batches threw in its thread
   */
  @Override
  public IterationBatches next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has only " + iterations + " iterations");
    }
    Future<IterationBatches> future = head();
    long start = System.nanoTime();
    try {
      IterationBatches batches = future.get();
      goOn();
      return batches;
    } catch (ExecutionException e) {
      close();
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException("making a batch failed", e.getCause());
    } catch (CancellationException e) {
      throw closedException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      CancellationException cancelled =
          new CancellationException("interrupted while waiting for iteration " + taken);
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      waitNanoseconds += System.nanoTime() - start;
    }
  }

  private synchronized Future<IterationBatches> head() {
    if (closed) {
      throw closedException(null);
    }
    return ahead.element();
  }

  /** Only now: whoever waits for a batch is woken by {@link #close} through its future. */
  private synchronized void goOn() {
    taken++;
    ahead.poll();
    submitNext();
  }

  private static IllegalStateException closedException(Throwable cause) {
    return new IllegalStateException("the epoch's batches are closed", cause);
  }

  /** Returns how long {@link #next} has waited for batches in all, in nanoseconds. */
  public long waitNanoseconds() {
    return waitNanoseconds;
  }

  /** Drops the batches that were prepared ahead. Closing again has no effect. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      ahead.forEach(future -> future.cancel(true));
      ahead.clear();
    }
    whenClosed.accept(this);
  }
}
