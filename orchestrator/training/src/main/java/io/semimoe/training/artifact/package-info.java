/**
 * The graphs of Semi-MoE put together: network and objective become the artifacts that ONNX Runtime
 * Training trains, and a trained checkpoint becomes the model that inference runs.
 */
package io.semimoe.training.artifact;
