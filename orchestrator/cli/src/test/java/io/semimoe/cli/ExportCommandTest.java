package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"--author,A/B", "--license,my own"})
  void creditsThatNoProgramWouldReadAreUsageErrors(String option, String value) {
    Invocation export = Invocation.of("export", folder, option, value);

    assertThat(export.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(export.err()).contains(option + ": expected", value);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNoRunIsADataErrorAndStaysAsItWas() {
    Invocation export = Invocation.of("export", folder, "--author", "A");

    assertThat(export.exitCode()).isIn(ExitCodes.DATA, ExitCodes.NATIVE);
    assertThat(export.err()).isNotBlank();
    assertThat(folder).isEmptyDirectory();
  }
}
