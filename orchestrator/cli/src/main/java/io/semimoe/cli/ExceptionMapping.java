package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.inference.ModelException;
import io.semimoe.training.configuration.ConfigurationException;
import io.semimoe.training.loop.DivergenceException;
import io.semimoe.training.runtime.TrainingSessionException;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception into one message for the user and an exit code. */
final class ExceptionMapping implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parseResult) {
    int code = exitCode(exception);
    PrintWriter err = commandLine.getErr();
    err.println(commandLine.getColorScheme().errorText("semi-moe: " + message(exception)));
    boolean verbose =
        commandLine.getCommand() instanceof SemiMoeCommand command && command.isVerbose();
    if (verbose || code == ExitCodes.INTERNAL) {
      exception.printStackTrace(err);
    }
    return code;
  }

  /** Returns what the user is told of an exception that a command threw. */
  static String message(Throwable exception) {
    if (exitCode(exception) == ExitCodes.INTERNAL) {
      return "internal error, please report it: " + exception;
    }
    return isOutOfMemory(exception)
        ? "not enough memory on the device; a smaller batchSize, network.size or network.width"
            + " takes less, as does jointPass=false: "
            + exception.getMessage()
        : exception.getMessage();
  }

  private static boolean isOutOfMemory(Throwable exception) {
    return exception instanceof TrainingSessionException failure && failure.isOutOfMemory();
  }

  /** Returns the exit code of an exception that a command threw. */
  static int exitCode(Throwable exception) {
    if (exception instanceof ConfigurationException) {
      return ExitCodes.USAGE;
    }
    if (exception instanceof DataException
        || exception instanceof ModelException
        || exception instanceof UncheckedIOException
        || isOutOfMemory(exception)) {
      return ExitCodes.DATA;
    }
    if (exception instanceof DivergenceException) {
      return ExitCodes.DIVERGED;
    }
    if (exception instanceof NativeLibraryException) {
      return ExitCodes.NATIVE;
    }
    return ExitCodes.INTERNAL;
  }
}
