package io.semimoe.cli;

/** Exit codes of the process; part of the interface, see {@code docs/cli.md}. */
final class ExitCodes {
  /** All went well. */
  static final int OK = 0;

  /** A defect of this program. */
  static final int INTERNAL = 1;

  /** Wrong options or configuration, or an output that may not be overwritten. */
  static final int USAGE = 2;

  /** Missing, unreadable or inconsistent data or model files. */
  static final int DATA = 3;

  /** The training diverged. */
  static final int DIVERGED = 4;

  /** The native library or the device is missing. */
  static final int NATIVE = 5;

  /** Interrupted, after a checkpoint was written. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
