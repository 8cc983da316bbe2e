/**
 * A small typed graph of ONNX operators: values with static shapes, nodes in topological order,
 * named parameters and states. Knows nothing of files, protobuf or the Semi-MoE network.
 */
package io.semimoe.graph;
