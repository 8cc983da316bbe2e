package io.semimoe.cli;

import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = SemiMoe.commandLine();
    commandLine.setOut(flushedByLines(out)).setErr(flushedByLines(err));
    int exitCode = commandLine.execute(texts);
    return new Invocation(exitCode, out.toString(), err.toString());
  }

  /** As picocli writes to a process's output: what is not flushed at its end is lost. */
  private static PrintWriter flushedByLines(StringWriter writer) {
    return new PrintWriter(new BufferedWriter(writer), true);
  }
}
