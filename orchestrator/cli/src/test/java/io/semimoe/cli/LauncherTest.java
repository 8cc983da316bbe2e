package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {
  @Test
  void withoutAScriptTheProgramIsCalledByItsName() {
    assertThat(Launcher.command("resume", "runs/glas")).isEqualTo("semi-moe resume runs/glas");
  }

  @ParameterizedTest
  @DisabledOnOs(OS.WINDOWS)
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          runs/a b,  'runs/a b'
          läufe,     'läufe'
          Ada's run, 'Ada'\\''s run'
          $HOME,     '$HOME'
          a\\b,       'a\\b'
          """)
  void whatAShellWouldChangeIsQuoted(String word, String quoted) {
    assertThat(Launcher.command("resume", word)).isEqualTo("semi-moe resume " + quoted);
  }
}
