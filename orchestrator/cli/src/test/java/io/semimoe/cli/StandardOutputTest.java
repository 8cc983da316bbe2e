package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

/** Results that nobody gets are no success. */
class StandardOutputTest {
  @Test
  void whatCannotBeWrittenIsTold() {
    StringWriter err = new StringWriter();

    int exitCode =
        SemiMoe.commandLine()
            .setOut(new PrintWriter(new Full()))
            .setErr(new PrintWriter(err))
            .execute("--version");

    assertThat(exitCode).isEqualTo(ExitCodes.DATA);
    assertThat(err).asString().contains("semi-moe: standard output: cannot be written");
  }

  /** As a full disk does. */
  private static final class Full extends Writer {
    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
