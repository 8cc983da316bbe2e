package io.semimoe.cli;

import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.file.Path;

/** A run that has begun and trained nothing yet. */
final class BegunRun {
  private BegunRun() {}

  static RunFolder in(Path folder, TrainingConfiguration configuration) throws Exception {
    RunFolder run = RunFolder.create(folder, false);
    run.writeProvenance(
        RunOrigin.of(
            configuration,
            NativeLibraries.load(),
            SemiSupervisedTraining.initialWeights(configuration)));
    run.writeConfiguration(ConfigurationLoader.toYaml(configuration));
    return run;
  }
}
