package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.io.IOException;
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
    if (configuration.initialCheckpoint().filter(this::isInOutput).isPresent()) {
      throw usage(
          configuration.initialCheckpoint().get()
              + " lies in "
              + output
              + ", which --overwrite would delete; choose another --output, or copy the checkpoint"
              + " elsewhere");
    }
    return TrainingJob.start(configuration, output, overwrite).run(this);
  }

  private boolean isInOutput(Path file) {
    try {
      return file.toRealPath().startsWith(output.toRealPath());
    } catch (IOException e) {
      // One of them is not there: told by whoever opens it.
      return false;
    }
  }
}
