package io.semimoe.cli;

import io.semimoe.cli.images.Glob;
import io.semimoe.cli.predict.Prediction;
import io.semimoe.dataset.DataException;
import io.semimoe.inference.Gates;
import io.semimoe.training.configuration.DataSettings;
import java.nio.file.Path;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The program {@code semi-moe}. */
@Command(
    name = "semi-moe",
    description = "Semi-supervised segmentation of glands with a mixture of experts.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      CutCommand.class,
      CheckDataCommand.class,
      ResizeCommand.class,
      TrainCommand.class,
      ResumeCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      DoctorCommand.class,
      GenerateCompletion.class,
    },
    exitCodeListHeading = "%nExit codes:%n",
    footer = {"", "Arguments can be read from a file with @FILE."})
public final class SemiMoe {
  private SemiMoe() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Returns the command line with all commands and the mapping from exceptions to exit codes. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new SemiMoe());
    commandLine.getCommandSpec().usageMessage().exitCodeList(ExitCodes.meanings());
    readByName(commandLine, Prediction.class);
    readByName(commandLine, Gates.class);
    readByName(commandLine, CheckpointOption.Which.class);
    readByName(commandLine, DataSettings.Layout.class);
    return commandLine
        .registerConverter(Path.class, new PathConverter())
        .registerConverter(Glob.class, new GlobConverter())
        .setExecutionStrategy(SemiMoe::runAndFlush)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new ExceptionMapping());
  }

  /**
   * Standard output is flushed by whole lines only, and the process may end right after; nobody
   * else hears that it could not be written.
   */
  private static int runAndFlush(ParseResult parseResult) {
    CommandLine commandLine = parseResult.commandSpec().commandLine();
    try {
      int exitCode = new RunLast().execute(parseResult);
      if (commandLine.getOut().checkError() || System.out.checkError()) {
        throw new ExecutionException(
            commandLine,
            "standard output",
            new DataException(
                "standard output: cannot be written; is the disk full, or has its reader ended?"));
      }
      return exitCode;
    } finally {
      commandLine.getOut().flush();
    }
  }

  private static <E extends Enum<E>> void readByName(CommandLine commandLine, Class<E> type) {
    commandLine.registerConverter(type, new NameConverter<>(type));
  }
}
