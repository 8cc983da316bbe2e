package io.semimoe.verification.endtoend;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.Provenance;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A training of seconds: the narrowest network, small images, 3 epochs of 3 iterations, evaluated
 * after the second and the last one.
 */
final class SmallTraining {
  static final int SIZE = 32;
  static final int EPOCHS = 3;
  static final int ITERATIONS = 3;
  static final String PRESET = "demo";
  private static final int UNLABELLED = 6;

  /** Settings that make any layout a small training. */
  static final List<String> SETTINGS =
      List.of(
          "epochs=" + EPOCHS,
          "batchSize=2",
          "network.width=4",
          "network.size=" + SIZE,
          "evaluation.everyEpochs=2",
          "runtime.threads=2");

  /** Settings that generate the images. */
  static final List<String> GENERATED =
      List.of(
          "data.layout=synthetic",
          "data.synthetic.labelled=3",
          "data.synthetic.unlabelled=" + UNLABELLED,
          "data.synthetic.validation=2",
          "data.synthetic.test=3",
          "data.synthetic.size=64");

  private SmallTraining() {}

  /** Returns the options of the command line that stand for these settings. */
  static List<String> options(List<String> settings) {
    List<String> options = new ArrayList<>(List.of("--preset", PRESET));
    settings.forEach(setting -> options.addAll(List.of("--set", setting)));
    return options;
  }

  /** Returns the command that trains so on these data into a new run folder. */
  static List<Object> command(Path run, List<String> source) {
    List<Object> command = new ArrayList<>(List.of("train", "-o", run));
    command.addAll(options(Stream.concat(SETTINGS.stream(), source.stream()).toList()));
    return command;
  }

  /** Writes images and masks as GlaS has them, and returns their split file. */
  static Path writeData(Path folder) throws DataException {
    return SyntheticDataset.write(
        folder,
        new SyntheticImageSettings(64, 64, 7),
        new SyntheticDataset.Counts(3, UNLABELLED, 2, 3));
  }

  /** Returns the settings that read the images of a split file from its folder. */
  static List<String> on(Path split) {
    return List.of(
        "data.layout=glas", "data.root='" + split.getParent() + "'", "data.split='" + split + "'");
  }

  /** Returns the configuration of a small training on the images of a split file. */
  static TrainingConfiguration configuration(Path split, List<String> further) {
    return ConfigurationLoader.load(
        Optional.of(PRESET),
        Optional.empty(),
        Stream.of(SETTINGS, on(split), further).flatMap(List::stream).toList());
  }

  /** Trains to the end in a new run folder. */
  static RunFolder train(TrainingConfiguration configuration, Path root) throws DataException {
    RunFolder run = RunFolder.create(root, false);
    try (SemiSupervisedTraining training = start(configuration, run, List.of())) {
      training.run(() -> false);
    }
    return run;
  }

  /** Begins to train on the images and with the weights that the configuration tells of. */
  static SemiSupervisedTraining start(
      TrainingConfiguration configuration, RunFolder run, List<TrainingListener> listeners)
      throws DataException {
    return start(configuration, RunData.forTraining(configuration), run, listeners);
  }

  /** Begins to train on other images. */
  static SemiSupervisedTraining start(
      TrainingConfiguration configuration,
      SampleSet samples,
      RunFolder run,
      List<TrainingListener> listeners)
      throws DataException {
    return SemiSupervisedTraining.start(
        configuration,
        SemiSupervisedTraining.initialWeights(configuration),
        samples,
        run,
        listeners);
  }

  /** Writes what the command line writes into a run folder before it trains. */
  static void describe(RunFolder run, TrainingConfiguration configuration) throws IOException {
    String yaml = ConfigurationLoader.toYaml(configuration);
    run.writeConfiguration(yaml);
    run.writeProvenance(
        Provenance.start(
            "verification",
            NativeLibraries.load(),
            yaml,
            "",
            Map.of(),
            Optional.empty(),
            Map.of()));
  }
}
