package io.semimoe.dataset;

import java.nio.file.Path;

/** Data that cannot be used: a missing, unreadable or inconsistent file. The message names it. */
public final class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that concerns no single file. */
  public DataException(String message) {
    super(message);
  }

  /** Creates an exception that concerns the file or folder {@code where}. */
  public DataException(Path where, String message) {
    super(where + ": " + message);
  }

  /** Creates an exception that concerns the file or folder {@code where}, with its cause. */
  public DataException(Path where, String message, Throwable cause) {
    super(where + ": " + message, cause);
  }
}
