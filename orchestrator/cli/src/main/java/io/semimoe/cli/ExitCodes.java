package io.semimoe.cli;

/** Exit codes of the process; part of the interface, see {@code docs/cli.md}. */
final class ExitCodes {
  /** All went well. */
  static final int OK = 0;

  /** A defect of this program. */
  static final int INTERNAL = 1;

  /** Wrong options or configuration, or an output that exists or lies in the input. */
  static final int USAGE = 2;

  /**
   * Missing, unreadable or inconsistent data or model files; a place that cannot be written; too
   * little memory for the data or the network.
   */
  static final int DATA = 3;

  /** The training diverged. */
  static final int DIVERGED = 4;

  /** The native library or the device is missing. */
  static final int NATIVE = 5;

  /** Interrupted; once training had begun, after a checkpoint was written. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
