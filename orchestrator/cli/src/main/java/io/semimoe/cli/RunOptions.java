package io.semimoe.cli;

import io.semimoe.training.configuration.ConfigurationException;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.run.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options that let a run go on elsewhere: on another device, with its images in another place.
 * They hold for one command: the run's own configuration stays as it is.
 */
final class RunOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Run on auto, cpu, cuda or cuda:N instead of the device that the run began on.")
  private String device;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data set lies now, instead of where the run began with it.")
  private String data;

  @Option(
      names = "--split",
      paramLabel = "FILE",
      description = "Where the split file lies now, instead of where the run began with it.")
  private String split;

  /**
   * Returns the configuration of a run with what these options replace, and a device that can be
   * used.
   *
   * @throws ConfigurationException if the run's configuration or an option is wrong
   * @throws io.semimoe.training.runtime.natives.NativeLibraryException if the device cannot be used
   *     here
   */
  TrainingConfiguration load(RunFolder folder) {
    List<String> assignments = new ArrayList<>();
    ConfigurationOptions.addText(assignments, "runtime.device", device);
    ConfigurationOptions.addText(assignments, "data.root", data);
    ConfigurationOptions.addText(assignments, "data.split", split);
    TrainingConfiguration configuration =
        ConfigurationLoader.load(
            Optional.empty(), Optional.of(folder.configuration()), assignments);
    if (data != null && configuration.data().layout() == DataSettings.Layout.FOLDERS) {
      throw new ConfigurationException(
          "--data: expected a run on a data set in one folder, found data.layout folders; change"
              + " data.folders in "
              + folder.configuration());
    }
    return SemiSupervisedTraining.onThisMachine(configuration);
  }

  /** Returns these options as they were given. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    add(given, "--device", device);
    add(given, "--data", data);
    add(given, "--split", split);
    return given;
  }

  private static void add(List<String> given, String name, String value) {
    if (value != null) {
      given.addAll(List.of(name, value));
    }
  }
}
