package io.semimoe.inference;

/** A model that was opened failed while it ran: out of memory, or outputs that cannot be right. */
public final class SegmentationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outOfMemory;

  /** With the model's name in front of the message. */
  SegmentationException(String model, String message) {
    super(model + ": " + message);
    outOfMemory = false;
  }

  /** With the model's name in front of the message, and the failure behind it. */
  SegmentationException(String model, String message, boolean outOfMemory, Throwable cause) {
    super(model + ": " + message, cause);
    this.outOfMemory = outOfMemory;
  }

  /** Whether native memory did not suffice, so that smaller tiles may help. */
  public boolean isOutOfMemory() {
    return outOfMemory;
  }
}
