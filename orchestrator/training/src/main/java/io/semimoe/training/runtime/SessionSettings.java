package io.semimoe.training.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a training session uses the machine.
 *
 * @param intraOpThreads threads that share one operator, at least 1; results depend on it in the
 *     last bits
 * @param allowSpinning whether idle threads spin, which is faster where the cores are not shared
 *     with other work and wasteful where they are
 * @param cudaDevice CUDA device to train on; empty trains on the CPU
 * @param tf32 whether CUDA may round the factors of convolutions and matrix products to
 *     TensorFloat-32 (10 bits of mantissa): faster, less exact; means nothing on the CPU
 * @param profile beginning of the path of the JSON files, one for each model, in which the runtime
 *     notes the time of every operator of every run; each is written when the session closes. Empty
 *     notes nothing
 */
public record SessionSettings(
    int intraOpThreads,
    boolean allowSpinning,
    OptionalInt cudaDevice,
    boolean tf32,
    Optional<Path> profile) {

  /** Checks the numbers. */
  public SessionSettings {
    checkArgument(
        intraOpThreads >= 1, "intraOpThreads: expected 1 or more, got %s", intraOpThreads);
    checkArgument(
        cudaDevice.isEmpty() || cudaDevice.getAsInt() >= 0,
        "cudaDevice: expected 0 or more, got %s",
        cudaDevice);
  }

  /** CPU with as many threads as Java sees processors, which do not spin. */
  public static SessionSettings cpu() {
    return cpu(Runtime.getRuntime().availableProcessors());
  }

  /** CPU with this many threads, which do not spin. */
  public static SessionSettings cpu(int threads) {
    return new SessionSettings(threads, false, OptionalInt.empty(), false, Optional.empty());
  }

  /** This CUDA device with TensorFloat-32. */
  public static SessionSettings cuda(int device) {
    return new SessionSettings(
        Runtime.getRuntime().availableProcessors(),
        false,
        OptionalInt.of(device),
        true,
        Optional.empty());
  }
}
