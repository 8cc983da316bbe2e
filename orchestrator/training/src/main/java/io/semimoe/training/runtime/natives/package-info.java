/**
 * The native libraries of ONNX Runtime Training: found on the class path, unpacked into a cache and
 * loaded.
 *
 * <p>Must not depend on sessions or on anything else of this program.
 */
package io.semimoe.training.runtime.natives;
