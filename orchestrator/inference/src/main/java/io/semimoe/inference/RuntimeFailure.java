package io.semimoe.inference;

import ai.onnxruntime.OrtException;
import java.util.List;

/** Why ONNX Runtime failed, which it often tells by the text of the message alone. */
public final class RuntimeFailure {
  /** What the messages of the CPU's and of CUDA's allocators, of cuBLAS and cuDNN hold. */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "bad allocation",
          "bad_alloc",
          "Failed to allocate memory",
          "out of memory",
          "ALLOC_FAILED",
          "ALLOCATION_FAILED");

  private RuntimeFailure() {}

  /** Returns whether memory could not be had, on the device or beside the heap of Java. */
  public static boolean isOutOfMemory(OrtException failure) {
    return OUT_OF_MEMORY.stream().anyMatch(String.valueOf(failure.getMessage())::contains);
  }
}
