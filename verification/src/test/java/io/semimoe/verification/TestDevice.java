package io.semimoe.verification;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.semimoe.training.configuration.Device;
import io.semimoe.training.runtime.CudaSettings;
import io.semimoe.training.runtime.SessionSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the suites with the tag {@code gpu} run: on the CPU, or on the device that the system
 * property {@value #PROPERTY} names, {@code cuda} or {@code cuda:N}, in float32 throughout.
 *
 * <p>A GPU takes the algorithms of convolutions that are fastest there, as a training does, unless
 * the system property {@value #SEARCH} is {@code false}: then those that cuDNN's heuristics name.
 */
final class TestDevice {
  /** The tag of the suites that follow the property. */
  static final String TAG = "gpu";

  private static final String PROPERTY = "semimoe.device";
  private static final String SEARCH = "semimoe.exhaustiveSearch";

  private TestDevice() {}

  /** Returns the GPU; empty for the CPU. */
  static OptionalInt cuda() {
    return Device.parse(System.getProperty(PROPERTY, "cpu")).cuda();
  }

  /** Returns the settings of a training session with two threads. */
  static SessionSettings settings(Optional<Path> profile) {
    return new SessionSettings(
        2,
        false,
        cuda().stream().mapToObj(gpu -> new CudaSettings(gpu, false, exhaustiveSearch())).findAny(),
        profile);
  }

  /** Returns whether the algorithms of convolutions are timed. */
  static boolean exhaustiveSearch() {
    String text = System.getProperty(SEARCH, "true");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "-D" + SEARCH + ": expected true or false, found " + text);
    };
  }

  /** Makes another session run there. */
  static void choose(OrtSession.SessionOptions options) throws OrtException {
    if (cuda().isPresent()) {
      try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(cuda().getAsInt())) {
        cuda.add("use_tf32", "0");
        cuda.add("cudnn_conv_algo_search", exhaustiveSearch() ? "EXHAUSTIVE" : "HEURISTIC");
        options.addCUDA(cuda);
      }
    }
  }
}
