package io.semimoe.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How much a command says. */
final class Verbosity {
  private boolean verbose;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log details, and stack traces of errors.")
  void setVerbose(boolean verbose) {
    this.verbose = verbose;
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(verbose ? Level.DEBUG : Level.INFO);
  }

  boolean isVerbose() {
    return verbose;
  }
}
