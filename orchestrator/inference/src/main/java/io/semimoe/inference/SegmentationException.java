package io.semimoe.inference;

/** A model that was opened failed while it ran: out of memory, or numbers that are not finite. */
public final class SegmentationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the model's name in front of the message. */
  SegmentationException(String model, String message) {
    super(model + ": " + message);
  }

  /** With the model's name in front of the message, and the failure behind it. */
  SegmentationException(String model, String message, Throwable cause) {
    super(model + ": " + message, cause);
  }
}
