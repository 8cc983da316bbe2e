package io.semimoe.inference;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a {@link Segmenter} runs; immutable. {@link #DEFAULT} suits most; {@link #builder} changes
 * some of it.
 *
 * @param threads threads that one run uses; 0 leaves the number to ONNX Runtime, which takes the
 *     physical cores
 * @param cudaDevice index of the CUDA device to run on; empty runs on the CPU
 * @param threshold foreground is where the probability is above this, in (0, 1); empty takes the
 *     model's own
 * @param prediction how an image becomes inputs of the model; empty takes the model's own way
 * @param tileSize side of a tile in pixels, a multiple of what the model demands, at most {@value
 *     ModelDescription#LARGEST_TILE}; empty takes the size at which it was trained, but for {@link
 *     ModelDescription.Prediction#TILES} at least {@value #SMALLEST_TILE} unless the model takes no
 *     other size
 * @param overlap share of a tile's side that neighbours have in common at least, in [0, 0.5]
 * @param gates gate weights of an image of several tiles
 * @param mirrored whether the maps are the mean over each input of the model and its three mirror
 *     images, for four times the work
 * @param description what the model is, instead of its metadata, for a model that has lost them;
 *     empty reads them
 */
public record SegmenterOptions(
    int threads,
    OptionalInt cudaDevice,
    OptionalDouble threshold,
    Optional<ModelDescription.Prediction> prediction,
    OptionalInt tileSize,
    double overlap,
    Gates gates,
    boolean mirrored,
    Optional<ModelDescription> description) {

  /**
   * Most threads. Those beyond the processors only cost time: of two processors, 1024 threads take
   * more than a minute to open a model and segment an image.
   */
  public static final int MOST_THREADS = 1024;

  /**
   * Smallest side of a tile in pixels unless another is asked for. What a pixel depends on reaches
   * some 100 pixels, so that neighbours must share more than that not to show at their seams; the
   * larger the tiles, the less of the work is done twice.
   */
  public static final int SMALLEST_TILE = 384;

  /** The overlap unless another is asked for. */
  public static final double DEFAULT_OVERLAP = 0.33;

  /** The CPU with ONNX Runtime's number of threads, and the model's own settings. */
  public static final SegmenterOptions DEFAULT = builder().build();

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public SegmenterOptions {
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(gates, "gates");
    Objects.requireNonNull(description, "description");
    check(threads >= 0 && threads <= MOST_THREADS, "0 to " + MOST_THREADS + " threads", threads);
    check(cudaDevice.orElse(0) >= 0, "a CUDA device of 0 or more", cudaDevice.orElse(0));
    double ownThreshold = threshold.orElse(0.5);
    check(ownThreshold > 0 && ownThreshold < 1, "a threshold within (0, 1)", ownThreshold);
    check(
        tileSize.orElse(1) > 0 && tileSize.orElse(1) <= ModelDescription.LARGEST_TILE,
        "a tile size from 1 to " + ModelDescription.LARGEST_TILE + " pixels",
        tileSize.orElse(0));
    check(overlap >= 0 && overlap <= 0.5, "an overlap within [0, 0.5] of a tile", overlap);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  private static void check(boolean condition, String expected, Object found) {
    if (!condition) {
      throw new IllegalArgumentException("expected " + expected + ", found " + found);
    }
  }

  /** Gathers options; each method returns the builder itself. Not for several threads at once. */
  public static final class Builder {
    private int threads;
    private OptionalInt cudaDevice = OptionalInt.empty();
    private OptionalDouble threshold = OptionalDouble.empty();
    private Optional<ModelDescription.Prediction> prediction = Optional.empty();
    private OptionalInt tileSize = OptionalInt.empty();
    private double overlap = DEFAULT_OVERLAP;
    private Gates gates = Gates.IMAGE;
    private boolean mirrored;
    private Optional<ModelDescription> description = Optional.empty();

    private Builder() {}

    /** Sets the threads of one run; 0 is ONNX Runtime's choice, the default. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /** Runs on a CUDA device instead of the CPU; needs {@code onnxruntime_gpu}. */
    public Builder cudaDevice(int value) {
      cudaDevice = OptionalInt.of(value);
      return this;
    }

    /** Sets a threshold instead of the model's. */
    public Builder threshold(double value) {
      threshold = OptionalDouble.of(value);
      return this;
    }

    /** Sets a way of prediction instead of the model's. */
    public Builder prediction(ModelDescription.Prediction value) {
      prediction = Optional.of(value);
      return this;
    }

    /** Sets a tile size instead of the model's. */
    public Builder tileSize(int value) {
      tileSize = OptionalInt.of(value);
      return this;
    }

    /** Sets the overlap of neighbouring tiles, {@value #DEFAULT_OVERLAP} by default. */
    public Builder overlap(double value) {
      overlap = value;
      return this;
    }

    /** Sets the gate weights of an image of several tiles, {@link Gates#IMAGE} by default. */
    public Builder gates(Gates value) {
      gates = value;
      return this;
    }

    /** Sets whether each input is averaged with its mirror images; not by default. */
    public Builder mirrored(boolean value) {
      mirrored = value;
      return this;
    }

    /** Describes a model that says nothing about itself. */
    public Builder description(ModelDescription value) {
      description = Optional.of(value);
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public SegmenterOptions build() {
      return new SegmenterOptions(
          threads,
          cudaDevice,
          threshold,
          prediction,
          tileSize,
          overlap,
          gates,
          mirrored,
          description);
    }
  }
}
