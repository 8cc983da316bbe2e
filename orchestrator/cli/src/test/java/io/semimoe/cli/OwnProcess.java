package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command that ran in a process of its own.
 *
 * @param printed all that it printed
 */
record OwnProcess(int exitCode, String printed) {
  /** Option of Java for 64 MiB of heap. */
  static final String LITTLE_MEMORY = "-Xmx64m";

  /**
   * Runs a command.
   *
   * @param folder where to keep what it prints
   * @param options options of Java, beside those of the tests, which they override
   */
  static OwnProcess run(Path folder, List<String> options, Object... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dsemimoe.natives.dir=" + System.getProperty("semimoe.natives.dir", "")));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), SemiMoe.class.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended within a minute").isTrue();
      return new OwnProcess(process.exitValue(), Files.readString(printed));
    } finally {
      process.destroyForcibly();
    }
  }
}
