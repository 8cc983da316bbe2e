package io.semimoe.cli.predict;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.semimoe.dataset.DataException;
import io.semimoe.inference.SegmentationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Predicts many images, several at once, and goes on after bad ones. */
public final class PredictionRun {
  private PredictionRun() {}

  /**
   * Predicts the images; the listener gets the results in the order of the images.
   *
   * @param images the images by their name without extension
   * @param atOnce how many images are predicted at the same time, at least 1
   * @throws CancellationException if this thread is interrupted, which it still is then
   */
  public static void of(
      Map<String, Path> images,
      int atOnce,
      PredictionModels models,
      PredictionSettings settings,
      PredictionListener listener) {
    ImagePrediction prediction = new ImagePrediction(models, settings, listener);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            atOnce, new ThreadFactoryBuilder().setNameFormat("predict-%d").setDaemon(true).build());
    try {
      List<Future<Predicted>> results = new ArrayList<>();
      images.forEach(
          (name, file) -> results.add(threads.submit(() -> prediction.predict(name, file))));
      int done = 0;
      for (Path file : images.values()) {
        try {
          listener.predicted(result(results.get(done)));
        } catch (DataException e) {
          listener.failed(file, e.getMessage());
        } catch (SegmentationException e) {
          listener.failed(file, file + ": " + e.getMessage());
        } catch (RuntimeException e) {
          listener.defect(file, e);
        }
        done++;
        listener.imagesDone(done);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted while predicting");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Predicted result(Future<Predicted> future)
      throws DataException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      Throwables.throwIfInstanceOf(cause, DataException.class);
      Throwables.throwIfUnchecked(cause);
      throw new IllegalStateException("predicting failed", cause);
    }
  }
}
