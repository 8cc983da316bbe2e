package io.semimoe.training.loop;

/**
 * How a training ended.
 *
 * @param interrupted whether it was interrupted, after writing a checkpoint to resume from
 */
public record TrainingOutcome(boolean interrupted) {}
