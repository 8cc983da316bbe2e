package io.semimoe.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments and where help is, without the help itself. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine commandLine = exception.getCommandLine();
    PrintWriter err = commandLine.getErr();
    err.println(commandLine.getColorScheme().errorText("semi-moe: " + exception.getMessage()));
    UnmatchedArgumentException.printSuggestions(exception, err);
    CommandSpec spec = commandLine.getCommandSpec();
    String help =
        spec.parent() == null
            ? Launcher.command("--help")
            : Launcher.command(spec.name(), "--help");
    err.println("`" + help + "` tells what is possible");
    return ExitCodes.USAGE;
  }
}
