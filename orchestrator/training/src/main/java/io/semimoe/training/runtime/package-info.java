/**
 * ONNX Runtime Training on the JVM: sessions over the loaded native libraries.
 *
 * <p>Knows models and checkpoints only as files; must not depend on how graphs are built, on the
 * training loop or on a console.
 */
package io.semimoe.training.runtime;
