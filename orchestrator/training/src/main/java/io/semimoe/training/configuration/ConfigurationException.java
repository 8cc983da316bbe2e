package io.semimoe.training.configuration;

/**
 * A setting that cannot be used. The message tells what was expected, what was found and, where the
 * setting came from a file or an option, which one.
 */
public final class ConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message for the user. */
  public ConfigurationException(String message) {
    super(message);
  }

  /** Creates an exception with a message for the user and its cause. */
  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
