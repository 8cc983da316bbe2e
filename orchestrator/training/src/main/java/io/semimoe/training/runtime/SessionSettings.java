package io.semimoe.training.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a training session uses the machine.
 *
 * @param intraOpThreads threads that share one operator, at least 1; results depend on it in the
 *     last bits
 * @param allowSpinning whether idle threads spin, which is faster where the cores are not shared
 *     with other work and wasteful where they are
 * @param cuda the GPU to train on; empty trains on the CPU
 * @param profile beginning of the path of the JSON files, one for each model, in which the runtime
 *     notes the time of every operator of every run; each is written when the session closes. Empty
 *     notes nothing
 */
public record SessionSettings(
    int intraOpThreads,
    boolean allowSpinning,
    Optional<CudaSettings> cuda,
    Optional<Path> profile) {

  /** Checks the numbers. */
  public SessionSettings {
    checkArgument(
        intraOpThreads >= 1, "intraOpThreads: expected 1 or more, got %s", intraOpThreads);
  }

  /** CPU with this many threads, which do not spin. */
  public static SessionSettings cpu(int threads) {
    return new SessionSettings(threads, false, Optional.empty(), Optional.empty());
  }

  /** This GPU with TensorFloat-32 and an exhaustive search for algorithms. */
  public static SessionSettings cuda(int device) {
    return new SessionSettings(
        Runtime.getRuntime().availableProcessors(),
        false,
        Optional.of(new CudaSettings(device, true, true)),
        Optional.empty());
  }
}
