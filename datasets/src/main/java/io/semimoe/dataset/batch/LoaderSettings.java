package io.semimoe.dataset.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.target.TargetMode;

/**
 * How batches are made.
 *
 * @param batchSize N, the number of images in the labelled and in the unlabelled batch each
 * @param seed the seed of data order and augmentation
 * @param augmentation how images are changed before targets are computed
 * @param distanceMode whether signed distances are those of all glands together or of each
 * @param boundaryMode whether the boundary is that of all glands together or of each
 * @param normalization how samples become inputs
 * @param threads the number of background threads, at least 1; no effect on the batches
 * @param prefetch how many iterations to prepare ahead at most, at least 1; no effect on the
 *     batches
 */
public record LoaderSettings(
    int batchSize,
    long seed,
    Augmentation augmentation,
    TargetMode distanceMode,
    TargetMode boundaryMode,
    Normalization normalization,
    int threads,
    int prefetch) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public LoaderSettings {
    requireNonNull(augmentation);
    requireNonNull(distanceMode);
    requireNonNull(boundaryMode);
    requireNonNull(normalization);
    checkArgument(batchSize >= 1, "batchSize: expected 1 or more images, found %s", batchSize);
    checkArgument(threads >= 1, "threads: expected 1 or more, found %s", threads);
    checkArgument(prefetch >= 1, "prefetch: expected 1 or more iterations, found %s", prefetch);
  }
}
