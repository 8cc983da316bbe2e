package io.semimoe.training.runtime;

import ai.onnxruntime.OrtException;
import java.util.List;

/** ONNX Runtime refused or failed a step. The message names the model and the step. */
public final class TrainingSessionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * What the messages of the CPU's and of CUDA's allocators, of cuBLAS and cuDNN hold; there is no
   * code for it.
   */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "bad allocation",
          "bad_alloc",
          "Failed to allocate memory",
          "out of memory",
          "ALLOC_FAILED",
          "ALLOCATION_FAILED");

  private final boolean outOfMemory;

  /** Creates an exception of this program's own. */
  public TrainingSessionException(String message) {
    super(message);
    outOfMemory = false;
  }

  /** Creates an exception about what ONNX Runtime said; its words end the message. */
  public TrainingSessionException(String message, OrtException cause) {
    super(message + ": " + cause.getMessage(), cause);
    outOfMemory = OUT_OF_MEMORY.stream().anyMatch(getMessage()::contains);
  }

  /** Whether the memory of the device did not suffice. */
  public boolean isOutOfMemory() {
    return outOfMemory;
  }
}
