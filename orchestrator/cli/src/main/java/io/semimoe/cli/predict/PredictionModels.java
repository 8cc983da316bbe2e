package io.semimoe.cli.predict;

import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.ModelException;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import java.nio.file.Path;
import java.util.Optional;

/** A model as the user wants it, and with smaller tiles for images that do not fit the memory. */
public final class PredictionModels implements AutoCloseable {
  private final Path file;
  private final SegmenterOptions.Builder options;
  private final Segmenter segmenter;
  private Optional<Segmenter> smaller = Optional.empty();

  private PredictionModels(Path file, SegmenterOptions.Builder options, Segmenter segmenter) {
    this.file = file;
    this.options = options;
    this.segmenter = segmenter;
  }

  /**
   * Opens a model.
   *
   * @throws IllegalArgumentException if the options do not suit the model
   * @throws ModelException if it cannot be used
   */
  public static PredictionModels open(Path file, SegmenterOptions.Builder options)
      throws ModelException {
    return new PredictionModels(file, options, Segmenter.open(file, options.build()));
  }

  /** The model as it was asked for. */
  Segmenter asked() {
    return segmenter;
  }

  /** The same with tiles of half the side; none if it does not use tiles, or takes no smaller. */
  synchronized Optional<Segmenter> smaller() throws ModelException {
    int multiple = segmenter.description().layoutMultiple();
    int side = segmenter.tileSize() / 2 / multiple * multiple;
    if (smaller.isEmpty()
        && side > 0
        && segmenter.prediction() == ModelDescription.Prediction.TILES) {
      try {
        smaller = Optional.of(Segmenter.open(file, options.tileSize(side).build()));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return smaller;
  }

  @Override
  public synchronized void close() {
    smaller.ifPresent(Segmenter::close);
    segmenter.close();
  }
}
