package io.semimoe.training.report;

import io.semimoe.loss.TaskValues;

/**
 * What one training iteration did: one unlabelled and one labelled batch and an optimiser step.
 *
 * @param epoch epoch, counted from 0
 * @param iteration iteration within the epoch, counted from 0
 * @param iterationsPerEpoch iterations in one epoch
 * @param learningRate learning rate of the step
 * @param lambda weight λ of the unlabelled loss
 * @param labelledExpert losses of the experts against the ground truth
 * @param labelledGate losses of the gates against the ground truth
 * @param unlabelledExpert losses of the experts against the pseudo-labels
 * @param s learned weights s1..s3 of the adaptive multi-objective loss, after the step
 * @param total total loss A(labelled) + λ·A(unlabelled)
 * @param seconds wall time of the iteration
 * @param loaderWaitSeconds part of it that was spent waiting for the batch
 */
public record IterationReport(
    int epoch,
    int iteration,
    int iterationsPerEpoch,
    double learningRate,
    double lambda,
    TaskValues labelledExpert,
    TaskValues labelledGate,
    TaskValues unlabelledExpert,
    TaskValues s,
    double total,
    double seconds,
    double loaderWaitSeconds) {}
