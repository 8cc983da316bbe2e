package io.semimoe.inference;

import java.util.OptionalDouble;

/**
 * How a {@link Segmenter} runs; immutable, each {@code with} method gives a changed copy.
 *
 * @param threads threads that one run uses; 0 leaves the number to ONNX Runtime, which takes the
 *     physical cores
 * @param threshold foreground is where the probability is above this, in (0, 1); empty takes the
 *     model's own
 */
public record SegmenterOptions(int threads, OptionalDouble threshold) {

  /** ONNX Runtime's number of threads and the model's threshold. */
  public static final SegmenterOptions DEFAULT = new SegmenterOptions(0, OptionalDouble.empty());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public SegmenterOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("expected at least 0 threads, found " + threads);
    }
    threshold.ifPresent(
        value -> {
          if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                "expected a threshold within (0, 1), found " + value);
          }
        });
  }

  /** These options with another number of threads. */
  public SegmenterOptions withThreads(int newThreads) {
    return new SegmenterOptions(newThreads, threshold);
  }

  /** These options with a threshold instead of the model's. */
  public SegmenterOptions withThreshold(double newThreshold) {
    return new SegmenterOptions(threads, OptionalDouble.of(newThreshold));
  }
}
