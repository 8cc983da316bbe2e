package io.semimoe.training.runtime.natives;

/**
 * The native libraries, or the device asked for, cannot be used on this machine. The message tells
 * what was expected, what was found and what to do.
 */
public final class NativeLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception without a cause. */
  public NativeLibraryException(String message) {
    super(message);
  }

  /** Creates an exception with its cause. */
  public NativeLibraryException(String message, Throwable cause) {
    super(message, cause);
  }
}
