package io.semimoe.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir private Path folder;

  @Test
  void aTextIsReadAsItIs() throws Exception {
    Path file = Files.writeString(folder.resolve("text"), "Drüse\r\n\n");

    assertThat(TextFile.read(file)).isEqualTo("Drüse\r\n\n");
  }

  @Test
  void otherBytesAreNoText() throws Exception {
    Path file = Files.write(folder.resolve("text"), new byte[] {'D', 'r', (byte) 0xfc});

    assertThatThrownBy(() -> TextFile.read(file)).isInstanceOf(CharacterCodingException.class);
  }

  @Test
  void whatCannotBeReadIsSaidInWords() {
    assertThat(reason(folder)).isEqualTo("it is a folder, no file");
    assertThat(reason(folder.resolve("none"))).startsWith("there is no ");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aTextWithoutEndIsReadToTheLimit() {
    assertThat(reason(Path.of("/dev/zero"))).isEqualTo("it has more than 67108864 bytes");
  }

  /** As {@code --config <(...)} of a shell gives one. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsATextToo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer = new ProcessBuilder("sh", "-c", "echo text >'" + pipe + "'").start();

    assertThat(TextFile.read(pipe)).isEqualTo("text\n");
    assertThat(writer.waitFor()).isZero();
  }

  private static String reason(Path file) {
    return FileFailure.reason(catchThrowableOfType(IOException.class, () -> TextFile.read(file)));
  }
}
