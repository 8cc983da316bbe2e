package io.semimoe.training.runtime.natives;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import java.util.List;

/**
 * The loaded, training-enabled ONNX Runtime of this process.
 *
 * @param directory directory its native libraries were loaded from
 * @param version version of the native library, for instance {@code 1.24.1}
 * @param providers names of the execution providers it was built with; a listed one may still lack
 *     its device
 * @param environment the process-wide environment; never to be closed by a caller
 */
public record NativeRuntime(
    Path directory, String version, List<String> providers, OrtEnvironment environment) {

  /** Copies the provider names. */
  public NativeRuntime {
    providers = List.copyOf(providers);
  }

  /** Returns whether these libraries were built for NVIDIA GPUs. */
  public boolean isBuiltWithCuda() {
    return providers.contains("CUDAExecutionProvider");
  }
}
