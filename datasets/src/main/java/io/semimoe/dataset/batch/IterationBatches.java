package io.semimoe.dataset.batch;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What one training iteration learns from: N labelled and N unlabelled images.
 *
 * @param labelled the labelled batch, with targets
 * @param unlabelled the unlabelled batch, without
 */
public record IterationBatches(Batch labelled, Batch unlabelled) {
  /**
   * Checks that the targets are where they belong.
   *
   * @throws IllegalArgumentException if they are not
   */
  public IterationBatches {
    checkArgument(labelled.hasTargets(), "labelled batch: expected targets, found none");
    checkArgument(!unlabelled.hasTargets(), "unlabelled batch: expected no targets, found some");
  }
}
