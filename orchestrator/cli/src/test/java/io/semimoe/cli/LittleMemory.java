package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command in a process that has 64 MiB of heap.
 *
 * @param printed all that it printed
 */
record LittleMemory(int exitCode, String printed) {
  /**
   * Runs a command.
   *
   * @param folder where to keep what it prints
   */
  static LittleMemory run(Path folder, Object... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Djava.awt.headless=true",
                "-Dsemimoe.natives.dir=" + System.getProperty("semimoe.natives.dir", ""),
                "-cp",
                System.getProperty("java.class.path"),
                SemiMoe.class.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended within a minute").isTrue();
      return new LittleMemory(process.exitValue(), Files.readString(printed));
    } finally {
      process.destroyForcibly();
    }
  }
}
