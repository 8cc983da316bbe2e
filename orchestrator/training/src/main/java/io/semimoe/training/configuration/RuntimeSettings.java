package io.semimoe.training.configuration;

/**
 * What the training runs on.
 *
 * @param threads threads of one operator on the CPU; 0 stands for one per available processor.
 *     Results are the same bits only for the same number
 * @param spinning whether threads that wait for work on the CPU spin, which is faster by up to a
 *     sixth where no other work wants the processors
 * @param device device of the network
 * @param tf32 whether a GPU may round the factors of products to TensorFloat-32, 10 bits of
 *     mantissa, which is faster
 * @param exhaustiveSearch whether a GPU times the algorithms of a convolution's gradients in the
 *     first iteration instead of trusting cuDNN's heuristics
 */
public record RuntimeSettings(
    int threads, boolean spinning, Device device, boolean tf32, boolean exhaustiveSearch) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public RuntimeSettings {
    Checks.threads("threads", threads, 0);
    Checks.present("device", device);
  }

  /** Returns these settings for another device. */
  public RuntimeSettings withDevice(Device newDevice) {
    return new RuntimeSettings(threads, spinning, newDevice, tf32, exhaustiveSearch);
  }

  /** Returns the number of threads, at least 1: {@code threads}, or the number of processors. */
  public int threadsOrProcessors() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
