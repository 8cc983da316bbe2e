package io.semimoe.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {
  @TempDir private Path folder;

  @Test
  void aFileHasALength() throws Exception {
    assertThat(RegularFile.length(Files.writeString(folder.resolve("text"), "Drüse"))).isEqualTo(6);
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertThat(reason(folder)).isEqualTo("it is a folder, no file");
    assertThat(reason(folder.resolve("none"))).startsWith("there is no ");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDeviceIsRefusedUnreadAndSoIsALinkToOne() throws Exception {
    Path endless = Path.of("/dev/zero");
    Path link = Files.createSymbolicLink(folder.resolve("link"), endless);

    assertThat(reason(endless)).isEqualTo("it is a device or a pipe, no file");
    assertThat(reason(link)).isEqualTo("it is a device or a pipe, no file");
  }

  private static String reason(Path file) {
    return FileFailure.reason(
        catchThrowableOfType(IOException.class, () -> RegularFile.length(file)));
  }
}
