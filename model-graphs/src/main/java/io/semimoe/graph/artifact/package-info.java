/**
 * The artifacts of ONNX Runtime Training, made in Java: training, evaluation and optimizer models
 * and the checkpoint file; and the self-contained model for inference.
 */
package io.semimoe.graph.artifact;
