package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: everything once, on generated images. */
@Command(
    name = "demo",
    description = "Trains on generated images, evaluates, exports and predicts; a few minutes.")
final class DemoCommand extends SemiMoeCommand {
  @Option(
      names = {"-o", "--output"},
      defaultValue = "demo-run",
      paramLabel = "RUN",
      description = "Folder of the run (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(names = "--overwrite", description = "Delete what an earlier demo left in the folder.")
  private boolean overwrite;

  @Override
  public Integer call() throws DataException {
    if (!overwrite && NewFolder.isUsed(output)) {
      throw usage(
          output
              + " is not empty; choose another --output, or replace an earlier demo with"
              + " --overwrite");
    }
    String run = output.toString();
    List<String> train = new ArrayList<>(List.of("train", "--preset", "demo", "-o", run));
    if (overwrite) {
      train.add("--overwrite");
    }
    for (List<String> step : List.of(train, List.of("evaluate", run), List.of("export", run))) {
      int code = execute(step);
      if (code != ExitCodes.OK) {
        return code;
      }
    }
    int code = execute(predict(run));
    if (code == ExitCodes.OK) {
      err().printf("Look at %s and %s%n", output.resolve("progress.png"), predictions());
    }
    return code;
  }

  private List<String> predict(String run) throws DataException {
    List<String> predict =
        new ArrayList<>(
            List.of("predict", "-m", run, "-o", predictions().toString(), "--overwrite"));
    TrainingConfiguration configuration =
        ConfigurationLoader.read(RunFolder.open(output).configuration());
    for (Sample sample : RunData.forEvaluation(configuration).test()) {
      predict.add(sample.image().toString());
    }
    return predict;
  }

  private Path predictions() {
    return output.resolve("predictions");
  }

  /** Runs another command of this program, and tells which. */
  private int execute(List<String> step) {
    err().printf("$ %s ...%n", Launcher.command(step.subList(0, 2).toArray()));
    List<String> arguments = new ArrayList<>(step);
    if (isVerbose()) {
      arguments.add("-v");
    }
    CommandLine commandLine = SemiMoe.commandLine();
    commandLine.setOut(out()).setErr(err());
    return commandLine.execute(arguments.toArray(new String[0]));
  }
}
