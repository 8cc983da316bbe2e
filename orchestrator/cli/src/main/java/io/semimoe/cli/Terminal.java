package io.semimoe.cli;

/** Whether somebody watches the standard error output. */
final class Terminal {
  private static final String PROPERTY = "semimoe.terminal";

  private Terminal() {}

  /**
   * Returns what the launcher found out, since Java cannot tell; without a launcher nobody does.
   */
  static boolean isWatched() {
    return Boolean.getBoolean(PROPERTY);
  }
}
