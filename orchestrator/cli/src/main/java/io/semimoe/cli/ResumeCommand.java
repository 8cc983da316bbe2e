package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code resume}: goes on with an interrupted training. */
@Command(
    name = "resume",
    description = "Goes on with an interrupted training, as if it had never been interrupted.")
final class ResumeCommand extends SemiMoeCommand {
  @Parameters(paramLabel = "RUN", description = "The run folder.")
  private Path run;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws DataException {
    return TrainingJob.resume(run, options).run(this);
  }
}
