package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.InitialWeights;
import io.semimoe.training.run.Provenance;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The provenance of a run, and what has changed since it was written. */
final class RunOrigin {
  private RunOrigin() {}

  /** Returns the provenance of a run that begins now and whose images are not known yet. */
  static Provenance of(
      TrainingConfiguration configuration, NativeRuntime natives, InitialWeights weights) {
    return Provenance.start(
        Version.text(),
        natives,
        ConfigurationLoader.toYaml(configuration),
        "",
        Map.of(),
        weights.checkpointSha256(),
        Map.of("training", configuration.seed()));
  }

  /**
   * Returns the provenance with the images that are trained on.
   *
   * @throws DataException if a file cannot be read
   */
  static Provenance withData(
      Provenance begun, TrainingConfiguration configuration, SampleSet samples)
      throws DataException {
    return begun.withData(hash(configuration, samples), counts(samples));
  }

  /**
   * Tells what keeps a run from becoming what it had become without an interruption.
   *
   * @throws DataException if a file cannot be read
   */
  static List<String> changes(
      Provenance begun, RunFolder folder, TrainingConfiguration configuration, SampleSet samples)
      throws DataException {
    List<String> changes = new ArrayList<>();
    if (!begun.version().equals(Version.text())) {
      changes.add(
          "The run was begun by semi-moe "
              + begun.version()
              + " and goes on with "
              + Version.text()
              + ": numbers may differ");
    }
    if (!begun.configurationSha256().equals(Provenance.hashOfFile(folder.configuration()))) {
      changes.add(
          folder.configuration().getFileName()
              + " is not the one that the run was begun with. It goes on with what it says now");
    }
    if (!begun.dataSha256().equals(hash(configuration, samples))) {
      changes.add(
          "The data are not those that the run was begun with: names or lengths of files differ."
              + " It goes on with what is there now");
    }
    return changes;
  }

  private static Map<String, Integer> counts(SampleSet samples) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      counts.put(role.text(), samples.of(role).size());
    }
    return counts;
  }

  private static String hash(TrainingConfiguration configuration, SampleSet samples)
      throws DataException {
    List<Path> files =
        samples.all().stream()
            .flatMap(sample -> Stream.concat(Stream.of(sample.image()), sample.mask().stream()))
            .map(Path::toAbsolutePath)
            .toList();
    Path root = configuration.data().root().orElse(files.get(0).getRoot());
    try {
      return Provenance.hashOfFiles(root, files);
    } catch (IOException e) {
      throw new DataException(root, "its files cannot be listed: " + FileFailure.reason(e), e);
    }
  }
}
