package io.semimoe.training.runtime;

import ai.onnxruntime.OrtException;
import io.semimoe.inference.RuntimeFailure;

/** ONNX Runtime refused or failed a step. The message names the model and the step. */
public final class TrainingSessionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outOfMemory;

  /** Creates an exception of this program's own. */
  public TrainingSessionException(String message) {
    super(message);
    outOfMemory = false;
  }

  /** Creates an exception about what ONNX Runtime said; its words end the message. */
  public TrainingSessionException(String message, OrtException cause) {
    super(message + ": " + cause.getMessage(), cause);
    outOfMemory = RuntimeFailure.isOutOfMemory(cause);
  }

  /** Whether the memory of the device did not suffice. */
  public boolean isOutOfMemory() {
    return outOfMemory;
  }
}
