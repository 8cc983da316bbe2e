package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  @Test
  void theFirstSignalOnlySetsTheFlag() {
    try (Interruption interruption = Interruption.listen()) {
      assertThat(interruption.getAsBoolean()).isFalse();

      interruption.signal();

      assertThat(interruption.getAsBoolean()).isTrue();
    }
  }

  @Test
  void aRealSignalIsHeard() throws Exception {
    try (Interruption interruption = Interruption.listen()) {
      terminate();

      assertThat(isHeard(interruption)).isTrue();
    }
  }

  @Test
  void whoHeardSignalsBeforeHearsThemAgain() throws Exception {
    try (Interruption before = Interruption.listen()) {
      Interruption ended = Interruption.listen();
      ended.close();

      terminate();

      assertThat(isHeard(before)).isTrue();
      assertThat(ended.getAsBoolean()).isFalse();
    }
  }

  @Test
  void theSecondSignalEndsTheProcessAtOnce() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SignalledTwice.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();

    assertThat(process.waitFor()).isEqualTo(ExitCodes.INTERRUPTED);
  }

  /** Not INT: where the build runs in the background of a shell, the JVM never hears it. */
  private static void terminate() throws Exception {
    new ProcessBuilder("kill", "-TERM", Long.toString(ProcessHandle.current().pid()))
        .start()
        .waitFor();
  }

  private static boolean isHeard(Interruption interruption) throws InterruptedException {
    for (int i = 0; i < 1000 && !interruption.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    return interruption.getAsBoolean();
  }

  /** Ends with another exit code if it ends in any other way, by {@code System.exit} too. */
  static final class SignalledTwice {
    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
      Interruption interruption = Interruption.listen();
      interruption.signal();
      interruption.signal();
    }
  }
}
