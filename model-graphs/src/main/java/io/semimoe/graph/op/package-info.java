/**
 * The table of operators: one immutable description per ONNX operator, with its attributes, its
 * shape inference and its encoding. Depends on nothing but {@link io.semimoe.graph.op.TensorType
 * tensor types}.
 */
package io.semimoe.graph.op;
