package io.semimoe.training.configuration;

/**
 * What the training runs on.
 *
 * @param threads threads of one operator on the CPU; 0 stands for one per available processor.
 *     Results are the same bits only for the same number
 * @param device device of the network
 */
public record RuntimeSettings(int threads, Device device) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public RuntimeSettings {
    Checks.atLeast("threads", threads, 0);
    Checks.present("device", device);
  }

  /** Returns the number of threads, at least 1: {@code threads}, or the number of processors. */
  public int threadsOrProcessors() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
