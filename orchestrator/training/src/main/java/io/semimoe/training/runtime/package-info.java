/**
 * ONNX Runtime Training on the JVM: the native libraries and one training session over them.
 *
 * <p>Knows models and checkpoints only as files; must not depend on how graphs are built, on the
 * training loop or on a console.
 */
package io.semimoe.training.runtime;
