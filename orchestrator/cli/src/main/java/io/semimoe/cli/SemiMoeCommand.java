package io.semimoe.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: help, {@code -v}, and where their output goes. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class SemiMoeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Verbosity verbosity;

  /** Returns the standard output: results only. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Returns the standard error output: messages and progress. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final boolean isVerbose() {
    return verbosity.isVerbose();
  }

  /** Returns the error of a wrong option, for the caller to throw. */
  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
