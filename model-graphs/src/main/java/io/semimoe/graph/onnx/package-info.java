/**
 * Writes graphs as ONNX models, whole or in parts: its tensors and attributes serve whoever makes
 * or rewrites such a model without a graph.
 */
package io.semimoe.graph.onnx;
