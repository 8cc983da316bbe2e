package io.semimoe.inference;

/**
 * A file or byte array is not a model that can be used here; the message says which, what was
 * expected, what was found and what to do.
 */
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the model's name (its path, or how it was given) in front of the message. */
  public ModelException(String model, String message) {
    super(model + ": " + message);
  }

  /** As {@link #ModelException(String, String)}, with the failure behind it. */
  public ModelException(String model, String message, Throwable cause) {
    super(model + ": " + message, cause);
  }
}
