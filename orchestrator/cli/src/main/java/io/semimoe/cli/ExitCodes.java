package io.semimoe.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Exit codes of the process; part of the interface, see {@code docs/cli.md}. What they mean is in
 * {@link #meanings}.
 */
final class ExitCodes {
  static final int OK = 0;
  static final int INTERNAL = 1;
  static final int USAGE = 2;
  static final int DATA = 3;
  static final int DIVERGED = 4;
  static final int NATIVE = 5;
  static final int INTERRUPTED = 130;

  /** Of Java itself, when {@code kill} ends it. */
  private static final int TERMINATED = 143;

  private ExitCodes() {}

  /**
   * Returns what each code means, in their order; the codes right-aligned, as the help has them.
   */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    put(meanings, OK, "all went well");
    put(meanings, INTERNAL, "a defect of this program");
    put(
        meanings,
        USAGE,
        "wrong options or configuration, or an output that exists already or lies in the input");
    put(
        meanings,
        DATA,
        "missing, unreadable or inconsistent data, model or run folder, a place that cannot be"
            + " written, or too little memory for the data or the network");
    put(meanings, DIVERGED, "the training diverged");
    put(meanings, NATIVE, "the native library or the device is missing");
    put(
        meanings,
        INTERRUPTED,
        "interrupted; once training had begun, after a checkpoint was written");
    put(meanings, TERMINATED, "ended by kill; a training that had begun ends with 130");
    return meanings;
  }

  private static void put(Map<String, String> meanings, int code, String meaning) {
    meanings.put("%3d".formatted(code), meaning);
  }
}
