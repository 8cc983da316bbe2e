package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: trains into a new run folder. */
@Command(name = "train", description = "Trains into a new run folder.")
final class TrainCommand extends SemiMoeCommand {
  @Mixin private ConfigurationOptions options;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "RUN",
      description = "Folder of the run; made if missing.")
  private Path output;

  @Option(names = "--overwrite", description = "Delete what an earlier run left in the folder.")
  private boolean overwrite;

  @Override
  public Integer call() throws DataException {
    TrainingConfiguration configuration = options.load();
    if (!overwrite && NewFolder.isUsed(output)) {
      throw usage(
          output
              + " is not empty; choose another --output, go on with `"
              + Launcher.command("resume", output)
              + "`, or replace the run with --overwrite");
    }
    return TrainingJob.start(configuration, output, overwrite).run(this);
  }
}
