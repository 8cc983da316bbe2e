package io.semimoe.cli;

import io.semimoe.training.configuration.Device;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.SemiSupervisedTraining;
import picocli.CommandLine.Option;

/** The option that runs a training's network on another device than the one it began on. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Run on auto, cpu, cuda or cuda:N instead of the device that the run began on.")
  private String device;

  /**
   * Returns the configuration of a run with the device that can be used and is wanted.
   *
   * @throws io.semimoe.training.configuration.ConfigurationException if there is no such device
   * @throws io.semimoe.training.runtime.natives.NativeLibraryException if the device cannot be used
   *     here
   */
  TrainingConfiguration on(TrainingConfiguration recorded) {
    return SemiSupervisedTraining.onThisMachine(
        device == null
            ? recorded
            : recorded.withRuntime(recorded.runtime().withDevice(Device.parse(device))));
  }
}
