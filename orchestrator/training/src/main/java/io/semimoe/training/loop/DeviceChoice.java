package io.semimoe.training.loop;

import io.semimoe.training.configuration.Device;
import io.semimoe.training.configuration.RuntimeSettings;
import io.semimoe.training.runtime.TrainingSession;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides where a network runs if the machine is to decide. */
final class DeviceChoice {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);

  private DeviceChoice() {}

  /**
   * Returns the settings with a device that can be used: the one they name, or for {@code auto} the
   * first GPU if it can be used and the CPU if not. Tells in the log what was chosen and why.
   *
   * @throws NativeLibraryException if the native libraries or the device that they name cannot be
   *     used
   */
  static RuntimeSettings of(RuntimeSettings settings) {
    if (!settings.device().isAutomatic()) {
      TrainingSession.requireDevice(Designs.session(settings));
      return settings;
    }
    if (!NativeLibraries.load().isBuiltWithCuda()) {
      LOG.info("Device: the CPU; this program was built without CUDA");
      return settings.withDevice(Device.CPU);
    }
    RuntimeSettings gpu = settings.withDevice(Device.cuda(0));
    try {
      TrainingSession.requireDevice(Designs.session(gpu));
      LOG.info("Device: {}", gpu.device());
      return gpu;
    } catch (NativeLibraryException e) {
      LOG.warn("Device: the CPU. {}", e.getMessage());
      return settings.withDevice(Device.CPU);
    }
  }
}
