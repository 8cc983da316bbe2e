/**
 * Batches of normalised images and targets for training, prepared by background threads, and the
 * images and truths for evaluation.
 *
 * <p>Must not depend on graphs, runtimes or anything that trains.
 */
package io.semimoe.dataset.batch;
