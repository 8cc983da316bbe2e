package io.semimoe.training.configuration;

import io.semimoe.inference.SegmenterOptions;

/** Range checks of settings; each names the key, what it may be and what was found. */
final class Checks {
  private Checks() {}

  static void atLeast(String key, long value, long minimum) {
    require(value >= minimum, key, "a whole number of at least " + minimum, value);
  }

  /** Requires a number of threads that can be started: from {@code least} on. */
  static void threads(String key, int value, int least) {
    atLeast(key, value, least);
    int most = SegmenterOptions.MOST_THREADS;
    require(value <= most, key, "at most " + most, value);
  }

  static void positive(String key, double value) {
    require(value > 0 && Double.isFinite(value), key, "a number above 0", value);
  }

  static void notNegative(String key, double value) {
    require(value >= 0 && Double.isFinite(value), key, "a number of at least 0", value);
  }

  /** Requires {@code value} in [0, 1). */
  static void share(String key, double value) {
    require(value >= 0 && value < 1, key, "a number of at least 0 and below 1", value);
  }

  static void present(String key, Object value) {
    require(value != null, key, "a value", "nothing");
  }

  static void require(boolean holds, String key, String expected, Object found) {
    if (!holds) {
      throw new ConfigurationException(
          key + ": expected " + expected + ", found " + (found == null ? "nothing" : found));
    }
  }
}
