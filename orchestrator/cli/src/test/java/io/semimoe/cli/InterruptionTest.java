package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
      // Not INT: where the build runs in the background of a shell, the JVM never hears it.
      new ProcessBuilder("kill", "-TERM", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      for (int i = 0; i < 1000 && !interruption.getAsBoolean(); i++) {
        Thread.sleep(10);
      }

      assertThat(interruption.getAsBoolean()).isTrue();
    }
  }
}
