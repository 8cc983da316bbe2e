package io.semimoe.dataset.batch;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;

/**
 * What one training iteration learns from: N labelled images and, unless the training is supervised
 * only, N unlabelled ones.
 *
 * @param labelled the labelled batch, with targets
 * @param unlabelled the unlabelled batch, without
 */
public record IterationBatches(Batch labelled, Optional<Batch> unlabelled) {
  /**
   * Checks that the targets are where they belong.
   *
   * @throws IllegalArgumentException if they are not
   */
  public IterationBatches {
    checkArgument(labelled.hasTargets(), "labelled batch: expected targets, found none");
    checkArgument(
        unlabelled.stream().noneMatch(Batch::hasTargets),
        "unlabelled batch: expected no targets, found some");
  }
}
