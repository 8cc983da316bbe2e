package io.semimoe.verification.endtoend;

import io.semimoe.cli.SemiMoe;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What one call of the program did.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error output, without what is logged
 */
record ProgramRun(int exitCode, String out, String err) {

  /**
   * Calls the program in this process. Of its output only what is flushed counts, as at the end of
   * a process.
   */
  static ProgramRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = SemiMoe.commandLine();
    commandLine.setOut(buffered(out)).setErr(buffered(err));
    int exitCode = commandLine.execute(texts(arguments));
    return new ProgramRun(exitCode, out.toString(), err.toString());
  }

  private static PrintWriter buffered(StringWriter writer) {
    return new PrintWriter(new BufferedWriter(writer), true);
  }

  /** Calls the program with the elements of a list and then further arguments. */
  static ProgramRun of(List<?> first, Object... rest) {
    return of(Stream.concat(first.stream(), Stream.of(rest)).toArray());
  }

  static String[] texts(Object... arguments) {
    return Stream.of(arguments).map(Object::toString).toArray(String[]::new);
  }
}
