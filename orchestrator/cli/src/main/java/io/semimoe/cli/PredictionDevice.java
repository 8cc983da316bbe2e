package io.semimoe.cli;

import io.semimoe.training.configuration.Device;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.TrainingSession;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import io.semimoe.training.runtime.natives.PredictionLibraries;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/**
 * The option that says where an exported model runs. On a GPU it runs in the ONNX Runtime of the
 * training, which alone was built for it here; on the CPU in the one for inference, which there is
 * for more platforms.
 */
final class PredictionDevice {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionDevice.class);

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description =
          "cpu, cuda, cuda:N, or auto: the first GPU if it can be used, else the CPU"
              + " (default: ${DEFAULT-VALUE}).")
  private String device;

  /**
   * Loads ONNX Runtime, and returns the GPU to run on, or nothing for the CPU. Must be asked before
   * anything else uses ONNX Runtime.
   *
   * @throws io.semimoe.training.configuration.ConfigurationException if there is no such device
   * @throws NativeLibraryException if the native libraries do not load or the GPU that is asked for
   *     cannot be used
   */
  OptionalInt gpu() {
    OptionalInt gpu = choose();
    if (gpu.isEmpty()) {
      PredictionLibraries.load()
          .obstacle()
          .ifPresent(obstacle -> LOG.debug("ONNX Runtime is unpacked at each start: {}", obstacle));
    }
    return gpu;
  }

  private OptionalInt choose() {
    Device wanted = Device.parse(device);
    if (!wanted.isAutomatic()) {
      wanted.cuda().ifPresent(PredictionDevice::require);
      return wanted.cuda();
    }
    if (!NativeLibraries.haveCuda()) {
      return OptionalInt.empty();
    }
    try {
      require(0);
      return OptionalInt.of(0);
    } catch (NativeLibraryException e) {
      LOG.warn("Device: the CPU. {}", e.getMessage());
      return OptionalInt.empty();
    }
  }

  private static void require(int gpu) {
    TrainingSession.requireDevice(SessionSettings.cuda(gpu));
  }
}
