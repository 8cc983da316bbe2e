/** Writes graphs as ONNX models. The only package that knows the protobuf classes of ONNX. */
package io.semimoe.graph.onnx;
