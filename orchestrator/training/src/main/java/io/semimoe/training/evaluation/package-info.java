/**
 * How a segmentation is scored: pixel and object metrics of one image and of a data set.
 *
 * <p>Scores are functions of tallies that add up ({@link
 * io.semimoe.training.evaluation.PixelCounts}, {@link io.semimoe.training.evaluation.ObjectTally}),
 * so the score of one image and the pooled score of a data set are one formula. {@link
 * io.semimoe.training.evaluation.SegmentationEvaluation} collects them for a data set and names
 * every result; they are listed in {@link io.semimoe.training.evaluation.Metric}.
 *
 * <p>Of inference it uses the finder of objects ({@link io.semimoe.inference.object}), so that the
 * objects that are scored are those that {@code predict} writes. Must not depend on the training
 * loop, the run folder or ONNX Runtime: label maps and predicted maps come in, numbers go out.
 */
package io.semimoe.training.evaluation;
