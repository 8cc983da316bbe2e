/**
 * ONNX Runtime Training on the JVM: sessions over the loaded native libraries.
 *
 * <p>Opens the models and checkpoints that it finds in files, whatever network they are of: it
 * rewrites them for the device ({@link io.semimoe.graph.kernel}), and makes none but small ones to
 * try a device out. Must not depend on the network, on the training loop or on a console.
 */
package io.semimoe.training.runtime;
