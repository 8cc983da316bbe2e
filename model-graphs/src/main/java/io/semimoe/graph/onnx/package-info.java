/**
 * Writes graphs as ONNX models. Other packages pass its protobuf models on, but do not look into
 * them.
 */
package io.semimoe.graph.onnx;
