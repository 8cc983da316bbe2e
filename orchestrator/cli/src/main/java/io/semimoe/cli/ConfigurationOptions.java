package io.semimoe.cli;

import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that make a training configuration. */
final class ConfigurationOptions {
  @Option(
      names = {"-p", "--preset"},
      paramLabel = "NAME",
      completionCandidates = PresetNames.class,
      description =
          "Settings to start from: ${COMPLETION-CANDIDATES} (default: the file's, or else "
              + ConfigurationLoader.DEFAULT_PRESET
              + ").")
  private String preset;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML file with settings that replace the preset's.")
  private Path file;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "One setting that replaces all others, such as optimizer.learningRate=0.1.")
  private List<String> assignments = List.of();

  @Option(names = "--data", paramLabel = "DIR", description = "Short for --set data.root=DIR.")
  private String data;

  @Option(names = "--split", paramLabel = "FILE", description = "Short for --set data.split=FILE.")
  private String split;

  @Option(names = "--seed", paramLabel = "N", description = "Short for --set seed=N.")
  private String seed;

  @Option(
      names = "--initial-checkpoint",
      paramLabel = "FILE",
      description =
          "Short for --set initialCheckpoint=FILE: the weights to begin with, such as"
              + " runs/glas/checkpoints/best.")
  private String initialCheckpoint;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Short for --set runtime.threads=N; 0 for one per processor.")
  private String threads;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Short for --set runtime.device=DEVICE: auto, cpu, cuda or cuda:N.")
  private String device;

  /** The presets, for help and completion. */
  static final class PresetNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    PresetNames() {
      super(ConfigurationLoader.presets());
    }
  }

  /**
   * Returns the configuration that the options describe.
   *
   * @throws io.semimoe.training.configuration.ConfigurationException if a key or value is wrong
   */
  TrainingConfiguration load() {
    List<String> all = new ArrayList<>();
    addText(all, "data.root", data);
    addText(all, "data.split", split);
    addNumber(all, "seed", seed);
    addText(all, "initialCheckpoint", initialCheckpoint);
    addNumber(all, "runtime.threads", threads);
    addText(all, "runtime.device", device);
    all.addAll(assignments);
    return ConfigurationLoader.load(Optional.ofNullable(preset), Optional.ofNullable(file), all);
  }

  /** Texts are quoted: a folder may be named 010, which would be a number in YAML. */
  static void addText(List<String> all, String key, String value) {
    if (value != null) {
      all.add(key + "='" + value.replace("'", "''") + "'");
    }
  }

  private static void addNumber(List<String> all, String key, String value) {
    if (value != null && value.matches("-?\\d+")) {
      all.add(key + "=" + value);
    } else {
      addText(all, key, value);
    }
  }
}
