package io.semimoe.dataset.concurrent;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import io.semimoe.dataset.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Applies a function to many items on a few threads. */
public final class ParallelMap {
  /**
   * A function that may find bad data.
   *
   * @param <T> what it takes
   * @param <R> what it returns
   */
  @FunctionalInterface
  public interface DataFunction<T, R> {
    /** Returns the function's value, or throws for data that cannot be used. */
    R apply(T item) throws DataException;
  }

  private ParallelMap() {}

  /**
   * Returns the results in the order of the items. The threads have ended when this returns or
   * throws.
   *
   * @param threads how many threads to use, at least 1
   * @param file the file that an item is about, for messages
   * @throws DataException that of the first item, in their order, for which there was one, also
   *     where the memory did not suffice for it
   */
  public static <T, R> List<R> apply(
      List<T> items, int threads, Function<T, Path> file, DataFunction<T, R> function)
      throws DataException {
    checkArgument(threads >= 1, "threads: expected 1 or more, found %s", threads);
    ExecutorService executor =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(threads, items.size())),
            new ThreadFactoryBuilder().setNameFormat("data-reader-%d").setDaemon(true).build());
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(executor.submit(() -> apply(item, file, function)));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        results.add(result(future));
      }
      return results;
    } finally {
      executor.shutdownNow();
      Uninterruptibles.awaitTerminationUninterruptibly(executor);
    }
  }

  private static <T, R> R apply(T item, Function<T, Path> file, DataFunction<T, R> function)
      throws DataException {
    try {
      return function.apply(item);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          file.apply(item),
          ("the %d MiB of memory that Java has do not suffice for it and what is done beside it; give"
                  + " Java more memory (-Xmx, in SEMI_MOE_JAVA_OPTS) or let it do less at once"
                  + " (--threads 1 in train and check-data, else -XX:ActiveProcessorCount=1 beside -Xmx)")
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
  }

  private static <R> R result(Future<R> future) throws DataException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException("interrupted while working on the images");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      Throwables.throwIfInstanceOf(e.getCause(), DataException.class);
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException("work on the images failed", e.getCause());
    }
  }
}
