/**
 * What it takes to train a graph with ONNX Runtime Training, made in Java: what is added to the
 * graph, the optimizer models and the checkpoint file.
 */
package io.semimoe.graph.artifact;
