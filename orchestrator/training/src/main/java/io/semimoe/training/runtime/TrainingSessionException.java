package io.semimoe.training.runtime;

/** ONNX Runtime refused or failed a step. The message names the model and the step. */
public final class TrainingSessionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception of this program's own. */
  public TrainingSessionException(String message) {
    super(message);
  }

  /** Creates an exception with its cause. */
  public TrainingSessionException(String message, Throwable cause) {
    super(message, cause);
  }
}
