package io.semimoe.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * What one call of the program did.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error output
 */
record Invocation(int exitCode, String out, String err) {

  static Invocation of(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return of(SemiMoe.commandLine(), texts);
  }

  /** Calls the program in this form of it, and ends what {@code -v} has done to the log. */
  static Invocation of(CommandLine commandLine, String... arguments) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level level = root.getLevel();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try {
      int exitCode =
          commandLine.setOut(flushedByLines(out)).setErr(flushedByLines(err)).execute(arguments);
      return new Invocation(exitCode, out.toString(), err.toString());
    } finally {
      root.setLevel(level);
    }
  }

  /** As picocli writes to a process's output: what is not flushed at its end is lost. */
  private static PrintWriter flushedByLines(StringWriter writer) {
    return new PrintWriter(new BufferedWriter(writer), true);
  }
}
